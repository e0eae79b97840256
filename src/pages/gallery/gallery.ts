import { html, nothing, render, type TemplateResult } from 'lit';
import type { Widget } from '../../contract/widgets.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { DemoState, WidgetDemo } from '../../ui/demo.ts';
import { mark } from '../../ui/ring.ts';
import { choicesIn, linkTo, NARROWEST, SIZES, THEMES, WIDEST, WIDTHS, type Choices } from './choices.ts';
import { LANGUAGE_NAMES, TEXTS } from './texts.ts';

/**
 * Every widget in every state, as the widgets' folders say. The elements are those of the built kit, which lies beside
 * this page; the demos answer for their servers. All that is chosen stands in the address.
 */

interface Shown extends Widget {
  readonly demo: WidgetDemo;
}

const descriptions = import.meta.glob<Widget>('../../../widgets/*/widget.json', { eager: true, import: 'default' });
const demos = import.meta.glob<WidgetDemo>('../../../widgets/*/demo.ts', { eager: true });

const widgets: readonly Shown[] = Object.entries(descriptions).flatMap(([path, widget]) => {
  const demo = demos[path.replace('widget.json', 'demo.ts')];
  return demo ? [{ ...widget, demo }] : [];
});

window.fetch = widgets.reduce((others, { demo }) => demo.demoFetch(others), window.fetch.bind(window));
// What an earlier visit left: nobody's answers.
for (const key of Object.keys(localStorage)) if (key.startsWith('kring:')) localStorage.removeItem(key);

/** A state's element on its ground. It stays while only its look changes, with whatever was answered in it. */
interface Stage {
  readonly node: HTMLElement;
  readonly ready: Promise<void>;
}

let choices = read();
let stages = new Map<string, Stage>();
/** One at a time: a demo may leave the page, as it were, to have its ballot sent at once. */
let mounting: Promise<unknown> = Promise.resolve();

addEventListener('popstate', () => {
  show(read());
});
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link?.search || !plain) return;
  event.preventDefault();
  history.pushState(null, '', link.search);
  show(read());
});
show(choices);

function read(): Choices {
  return choicesIn(location.search, navigator.languages);
}

/** Shows what was chosen; another view gets the focus, as another page would. */
function show(chosen: Choices): void {
  const another = chosen.widget !== choices.widget || chosen.state !== choices.state;
  choices = chosen;
  const { language } = choices;
  document.documentElement.lang = language;
  delete document.documentElement.dataset['ready'];
  const before = stages;
  stages = new Map();
  render(page(before), document.body);
  document.title = [...document.querySelectorAll('h1')].map(({ textContent }) => `${textContent.trim()} · Leerkring`).join('');
  if (another) {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('h1')?.focus();
  }
  const here = stages;
  void Promise.all([...here.values()].map(({ ready }) => ready)).then(() => {
    if (here === stages) document.documentElement.dataset['ready'] = String(here.size);
  });
}

function page(before: ReadonlyMap<string, Stage>): TemplateResult {
  const { language } = choices;
  const texts = TEXTS[language];
  const widget = widgets.find(({ name }) => name === choices.widget);
  const { theme, width, size } = choices;
  return html`<a class="skip" href="#main">${texts.skip}</a>
    <header class="top wide">
      <a class="brand" href=${linkTo({ theme, width, language, size })}>${mark} Leerkring</a>
      ${LANGUAGES.filter((other) => other !== language).map(
        (other) => html`<a href=${linkTo({ ...choices, language: other })} lang=${other}>${LANGUAGE_NAMES[other]}</a>`,
      )}
    </header>
    <main id="main" class="wide" tabindex="-1">
      ${widget ? view(widget, before) : choices.widget === undefined ? home() : html`<h1 tabindex="-1">${texts.unknown}</h1>`}
    </main>`;
}

function home(): TemplateResult {
  const { language } = choices;
  const texts = TEXTS[language];
  return html`<div class="hero">
      <h1 tabindex="-1">${texts.title}</h1>
      <p>${texts.lead}</p>
    </div>
    <div class="widgets">
      ${widgets.map(
        ({ name, title, summary, for: whom, demo }) => html`<section class="card" aria-labelledby=${name}>
          <h2 id=${name}>${title[language]}</h2>
          <p class="quiet small">${texts.for[whom]} · ${texts.count(demo.demos.length)}</p>
          <p>${summary[language]}</p>
          <p class="all"><a href=${linkTo({ ...choices, widget: name })} aria-describedby=${name}>${texts.all}</a></p>
          ${stateLinks(name, demo.demos)}
        </section>`,
      )}
    </div>`;
}

function stateLinks(widget: string, states: readonly DemoState[]): TemplateResult {
  return html`<ul class="states">
    ${states.map(({ name, title }) => {
      const current = choices.widget === widget && choices.state === name;
      return html`<li>
        <a href=${linkTo({ ...choices, widget, state: name })} aria-current=${current ? 'page' : nothing}>
          ${title[choices.language]}
        </a>
      </li>`;
    })}
  </ul>`;
}

function view(widget: Shown, before: ReadonlyMap<string, Stage>): TemplateResult {
  const { language } = choices;
  const texts = TEXTS[language];
  const { demos: states } = widget.demo;
  const { state: _, ...all } = choices;
  const index = states.findIndex(({ name }) => name === choices.state);
  const chosen = states[index];
  const title = widget.title[language];
  return html`<div class="view">
    <nav class="side" aria-label=${texts.statesOf(title)}>
      <details ?open=${matchMedia('(min-width: 60rem)').matches}>
        <summary>${texts.states}</summary>
        <ul class="states">
          <li><a href=${linkTo(all)} aria-current=${choices.state === undefined ? 'page' : nothing}>${texts.all}</a></li>
        </ul>
        ${stateLinks(widget.name, states)}
      </details>
    </nav>
    <div>
      <h1 tabindex="-1">${title}${chosen ? `: ${chosen.title[language]}` : ''}</h1>
      ${lookChoices()}
      ${
        choices.state === undefined
          ? states.map((state) => shown(widget, state, before, true))
          : chosen
            ? [shown(widget, chosen, before, false), turn(states, index)]
            : html`<p>${texts.unknown}</p>`
      }
    </div>
  </div>`;
}

function turn(states: readonly DemoState[], index: number): TemplateResult {
  const texts = TEXTS[choices.language];
  const to = (state: DemoState | undefined, word: string) =>
    state
      ? html`<a href=${linkTo({ ...choices, state: state.name })}>${word}: ${state.title[choices.language]}</a>`
      : html`<span></span>`;
  return html`<div class="turn">${to(states[index - 1], texts.previous)} ${to(states[index + 1], texts.next)}</div>`;
}

function lookChoices(): TemplateResult {
  const texts = TEXTS[choices.language];
  const { width } = choices;
  const link = (other: Partial<Choices>, current: boolean, label: string, language?: Language) => html`<li>
    <a href=${linkTo({ ...choices, ...other })} aria-current=${current ? 'true' : nothing} lang=${language ?? nothing}>${label}</a>
  </li>`;
  const choice = (name: string, label: string, content: unknown) => html`<div
    class="choice"
    role="group"
    aria-labelledby="choice-${name}"
  >
    <span id="choice-${name}">${label}</span>
    <ul>${content}</ul>
  </div>`;
  return html`<section class="look" aria-label=${texts.look}>
    ${choice('theme', texts.theme, THEMES.map((theme) => link({ theme }, theme === choices.theme, texts.themes[theme])))}
    ${choice('width', texts.width, [
      link({ width: 'fit' }, width === 'fit', texts.fit),
      ...WIDTHS.map((one) => link({ width: one }, one === width, String(one))),
      html`<li>
        <input
          type="range"
          min=${NARROWEST}
          max=${WIDEST}
          step="10"
          aria-label=${texts.exactWidth}
          .value=${String(width === 'fit' ? WIDEST : width)}
          @input=${setWidth}
        />
      </li>`,
    ])}
    ${choice('size', texts.size, SIZES.map((size) => link({ size }, size === choices.size, `${size} %`)))}
    ${choice(
      'language',
      texts.language,
      LANGUAGES.map((one) => link({ language: one }, one === choices.language, LANGUAGE_NAMES[one], one)),
    )}
  </section>`;
}

function setWidth(event: Event): void {
  const width = Number((event.target as HTMLInputElement).value);
  // Dragging leaves no trail of addresses behind.
  history.replaceState(null, '', linkTo({ ...choices, width }));
  show(read());
}

function shown(widget: Shown, state: DemoState, before: ReadonlyMap<string, Stage>, titled: boolean): TemplateResult {
  const { theme, width, language, size } = choices;
  const key = [widget.name, state.name, language].join();
  const stage = before.get(key) ?? open(widget, state, language);
  stages.set(key, stage);
  const { node } = stage;
  node.style.inlineSize = width === 'fit' ? '' : `${width}px`;
  if (size === SIZES[0]) node.style.removeProperty('--kring-font-size');
  else node.style.setProperty('--kring-font-size', `${size}%`);
  const title = state.title[language];
  return html`<div class="shown">
    ${titled ? html`<h2><a href=${linkTo({ ...choices, widget: widget.name, state: state.name })}>${title}</a></h2>` : nothing}
    <div
      class="ground"
      data-theme=${theme}
      role="group"
      aria-label=${TEXTS[language].stage(title)}
      tabindex=${width === 'fit' ? nothing : '0'}
    >${node}</div>
  </div>`;
}

function open(widget: Shown, state: DemoState, language: Language): Stage {
  const node = document.createElement('div');
  node.className = 'stage';
  node.dataset['state'] = state.name;
  node.setAttribute('aria-busy', 'true');
  // A demo that goes on to another step moves the focus there, which is not where the person is.
  node.inert = true;
  const mounted = mounting.then(async () => {
    // Another choice was made meanwhile.
    if (!node.isConnected) return;
    try {
      await import(/* @vite-ignore */ new URL(`kit/${widget.name}.js`, document.baseURI).href);
      await widget.demo.mountDemo(state, node, language);
    } catch (error) {
      node.textContent = TEXTS[language].failed(String(error));
    }
    node.inert = false;
    node.removeAttribute('aria-busy');
  });
  mounting = mounted;
  return { node, ready: mounted };
}
