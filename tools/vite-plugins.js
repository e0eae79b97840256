import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme } from '@fluentui/tokens';
import { Visitor } from 'vite';

const STRINGS_COMMENTS_SPACE = /("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\/\*.*?\*\/|\s+/gs;

/**
 * Gathers what the widgets say of themselves in `kit/widgets.json`, for whatever lists them.
 * @param {string} folder of the widgets
 * @returns {import('vite').Plugin}
 */
export function listWidgets(folder) {
  return {
    name: 'leerkring:list-widgets',
    apply: 'build',
    generateBundle() {
      const widgets = readdirSync(folder)
        .sort()
        .map((name) => /** @type {unknown} */ (JSON.parse(readFileSync(join(folder, name, 'widget.json'), 'utf8'))));
      this.emitFile({ type: 'asset', fileName: 'kit/widgets.json', source: JSON.stringify(widgets) });
    },
  };
}

/**
 * What a theme of Teams gives to the elements and to the page around them, by the names of Fluent 2's tokens.
 * @param {import('@fluentui/tokens').Theme} theme
 * @param {'light' | 'dark'} scheme
 */
function themeOf(theme, scheme) {
  const contrast = theme === teamsHighContrastTheme;
  const values = {
    'color-scheme': scheme,
    '--page': theme.colorNeutralBackground3,
    '--kring-surface': theme.colorNeutralBackground1,
    '--kring-raised': theme.colorNeutralBackground1,
    '--kring-text': theme.colorNeutralForeground1,
    '--kring-quiet': theme.colorNeutralForeground3,
    '--kring-line': theme.colorNeutralStroke2,
    '--kring-edge': theme.colorNeutralStrokeAccessible,
    // What is chosen and what can be pressed: on the darker ground the brand's own blue has too little contrast for it.
    '--kring-accent': contrast ? theme.colorCompoundBrandBackground : theme.colorBrandForeground1,
    '--kring-accent-soft': theme.colorBrandBackground2,
    '--kring-on-accent': scheme === 'light' ? theme.colorNeutralForegroundOnBrand : theme.colorNeutralForegroundInverted,
    '--kring-link': theme.colorBrandForegroundLink,
    '--kring-data-1': contrast ? theme.colorCompoundBrandForeground1 : theme.colorBrandForeground1,
    '--kring-data-4': theme.colorNeutralForeground3,
    '--kring-band': `${contrast ? theme.colorCompoundBrandForeground1 : theme.colorBrandForeground1}4d`,
    '--kring-radius': theme.borderRadiusLarge,
    '--kring-font': theme.fontFamilyBase,
  };
  return Object.entries(values).map(([name, value]) => `${name}:${value};`).join('');
}

/**
 * Writes `pages/teams.css`: the layout of the server's own pages, and Teams' themes mapped to our tokens, once. Without
 * a theme it is as the person prefers. `glass` is dark.
 * @param {string} layout the style sheet to go with it
 * @returns {import('vite').Plugin}
 */
export function teamsStyles(layout) {
  const [light, dark, contrast] = [themeOf(teamsLightTheme, 'light'), themeOf(teamsDarkTheme, 'dark'), themeOf(teamsHighContrastTheme, 'dark')];
  const themes = `:root{${light}}@media (prefers-color-scheme: dark){:root:not([data-theme]){${dark}}}
    [data-theme=dark],[data-theme=glass]{${dark}}[data-theme=contrast]{${contrast}}`;
  return {
    name: 'leerkring:teams-styles',
    apply: 'build',
    generateBundle() {
      const source = shortenStyle(themes + readFileSync(layout, 'utf8'));
      this.emitFile({ type: 'asset', fileName: 'pages/teams.css', source });
    },
  };
}

/**
 * Takes comments and needless white space out of Lit's css templates, and runs of white space out of its html and svg
 * templates: no minifier of JavaScript looks into them.
 * @returns {import('vite').Plugin}
 */
export function shortenTemplates() {
  return {
    name: 'leerkring:shorten-templates',
    apply: 'build',
    transform: {
      filter: { id: /\/(src|widgets)\/.*\.ts$/, code: /\b(css|html|svg)`/ },
      handler(code) {
        /** @type {{ start: number, end: number, shorter: (text: string) => string }[]} */
        const pieces = [];
        new Visitor({
          TaggedTemplateExpression({ tag, quasi }) {
            if (tag.type !== 'Identifier' || !['css', 'html', 'svg'].includes(tag.name)) return;
            const shorter = tag.name === 'css' ? shortenStyle : shortenMarkup;
            pieces.push(...quasi.quasis.map(({ start, end }) => ({ start, end, shorter })));
          },
        }).visit(this.parse(code));
        for (const { start, end, shorter } of pieces.sort((a, b) => b.start - a.start)) {
          code = code.slice(0, start) + shorter(code.slice(start, end)) + code.slice(end);
        }
        return { code, map: null };
      },
    },
  };
}

/**
 * Markup shows any run of white space as one space, where no style says otherwise; what a person typed is no markup here.
 * @param {string} markup
 */
function shortenMarkup(markup) {
  return markup.replaceAll(/[ \t\r\n]+/g, ' ');
}

/**
 * Only what can never mean anything: space around a combinator, an operator or a selector's colon stays.
 * @param {string} css a style sheet, or the part of one between two expressions
 */
function shortenStyle(css) {
  return css
    .replaceAll(STRINGS_COMMENTS_SPACE, (_, string) => (typeof string === 'string' ? string : ' '))
    .split(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/)
    .map((part, index) => (index % 2 === 1 ? part : withoutSpace(part)))
    .join('');
}

/**
 * Has the widgets of a page share one Trusted Types policy: each brings a copy of Lit, and a page that says
 * `trusted-types lit-html` lets that name be given out once.
 * @returns {import('vite').Plugin}
 */
export function shareTrustedTypes() {
  return {
    name: 'leerkring:share-trusted-types',
    apply: 'build',
    transform: {
      filter: { id: /\/lit-html\/lit-html\.js$/ },
      handler(code) {
        const shared = code.replace(/\w+\.createPolicy\("lit-html",/, 'globalThis.kringPolicy??=$&');
        if (shared === code) throw new Error('Lit makes its Trusted Types policy in another way than it did.');
        return { code: shared, map: null };
      },
    },
  };
}

/**
 * Writes down which source files each built file is made of, for the rules on what may be where.
 * @param {string} fileName
 * @returns {import('vite').Plugin}
 */
export function listModules(fileName) {
  return {
    name: 'leerkring:list-modules',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.moduleIds]] : []));
      this.emitFile({ type: 'asset', fileName, source: JSON.stringify(Object.fromEntries(files), null, 1) });
    },
  };
}

/**
 * Writes a .br and a .gz beside each file that is sent over the wire, so that no request waits for a compressor.
 * @returns {import('vite').Plugin}
 */
export function precompress() {
  return {
    name: 'leerkring:precompress',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      if (!dir) return;
      for (const entry of Object.keys(bundle)) {
        if (!['.js', '.css', '.svg'].includes(extname(entry))) continue;
        const file = join(dir, entry);
        const content = readFileSync(file);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** @param {string} css without strings and comments */
function withoutSpace(css) {
  return css
    .replaceAll(/ *([{};,>]) */g, '$1')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/(^|[{;])([\w-]+): /g, '$1$2:')
    .replaceAll(/(?<=[ :(,])0\.(?=\d)/g, '.')
    .replaceAll(';}', '}');
}
