import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { decode } from 'fast-png';
import { strFromU8, unzipSync } from 'fflate';
import { GUID, HOST, VERSION } from './forms.ts';

/** What Microsoft publishes of one version of the manifest, as JSON Schema (draft 4). */
export interface Schemas {
  readonly version: string;
  readonly manifest: object;
  readonly localization: object;
}

/** The parts of a manifest that are looked into here, which its schema has found to be there. */
interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly name: { readonly short: string; readonly full?: string };
  readonly icons: { readonly color: string; readonly outline: string };
  readonly accentColor: string;
  readonly localizationInfo?: {
    readonly defaultLanguageTag: string;
    readonly additionalLanguages?: readonly { readonly languageTag: string; readonly file: string }[];
  };
  readonly staticTabs?: readonly { readonly entityId: string; readonly name?: string; readonly scopes: readonly string[] }[];
  readonly validDomains?: readonly string[];
  readonly webApplicationInfo?: { readonly id: string; readonly resource?: string };
}

type Files = Readonly<Record<string, Uint8Array>>;

/** The published patterns are no regular expressions by Unicode's rules, and some of the keywords are of later drafts. */
const ajv = addFormats(new Ajv({ strict: false, unicodeRegExp: false, allErrors: true }));

const MANIFEST = 'manifest.json';
const COLOUR_SIZE = 192;
const SYMBOL_SIZE = 96;
const OUTLINE_SIZE = 32;

/**
 * What is wrong with a Teams app package, a sentence each: what Microsoft's schemas find, and what they do not see, with
 * which Teams refuses a package, shows it badly or signs nobody in.
 * @param schemas of the version that the manifest is written in, and of others that it has to agree with
 */
export function checkPackage(zip: Uint8Array, schemas: readonly Schemas[]): readonly string[] {
  let files: Files;
  try {
    files = unzipSync(zip);
  } catch {
    return ['The package is not a zip file.'];
  }
  const content = jsonIn(files, MANIFEST);
  if (typeof content === 'string') return [content];
  const problems = schemas.flatMap(({ version, manifest }) =>
    // The version that it names is the one difference that there has to be.
    valid(manifest, { ...content, manifestVersion: version }, `${MANIFEST}, as of ${version}`),
  );
  if (!schemas.some(({ version }) => 'manifestVersion' in content && content.manifestVersion === version)) {
    problems.unshift(`${MANIFEST}: its version is none of ${schemas.map(({ version }) => version).join(', ')}.`);
  }
  // What has another shape can't be looked into.
  if (problems.length > 0) return problems;
  const manifest = content as Manifest;
  return [
    ...filesProblems(manifest, files),
    ...identityProblems(manifest),
    ...addressProblems(manifest),
    ...languageProblems(manifest, files, schemas),
    ...colourIconProblems(manifest, files),
    ...outlineIconProblems(manifest, files),
  ];
}

function filesProblems(manifest: Manifest, files: Files): string[] {
  const named = [MANIFEST, ...Object.values(manifest.icons), ...languagesOf(manifest).map(({ file }) => file)];
  return [
    ...named.filter((name) => !(name in files)).map((name) => `${name} is not in the package.`),
    ...Object.keys(files).filter((name) => !named.includes(name)).map((name) => `${name} is in the package, but the manifest does not name it.`),
  ];
}

function identityProblems({ id, version, name, staticTabs = [] }: Manifest): string[] {
  const problems = [];
  if (!GUID.test(id)) problems.push(`id: ${id} identifies no app.`);
  if (!VERSION.test(version)) problems.push(`version: ${version} is not three numbers, such as 1.2.3.`);
  if (bearsTheirName(name.short)) problems.push(`name.short: ${name.short} bears the name of Microsoft or of Teams.`);
  if (!staticTabs.some(({ scopes }) => scopes.includes('personal'))) problems.push('staticTabs: there is none for a person.');
  if (new Set(staticTabs.map(({ entityId }) => entityId)).size < staticTabs.length) problems.push('staticTabs: two have one entityId.');
  return problems;
}

function bearsTheirName(name: string): boolean {
  return /microsoft|teams/i.test(name);
}

/** That every address is https, on the one host that the domains, the pages and Teams' tokens agree on. */
function addressProblems(manifest: Manifest): string[] {
  const { validDomains = [], webApplicationInfo } = manifest;
  const [host = ''] = validDomains;
  const problems = validDomains
    .filter((domain) => !HOST.test(domain))
    .map((domain) => `validDomains: ${domain} is not the plain name of a host, in lower case.`);
  if (validDomains.length !== 1) problems.push(`validDomains: ${String(validDomains.length)} hosts are named, where there is one.`);
  for (const { place, address } of addressesIn(manifest)) {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url?.protocol !== 'https:') problems.push(`${place}: ${address} is not an https address.`);
    else if (url.host !== host) problems.push(`${place}: ${url.host} is not the host in validDomains, ${host}.`);
    const strange = [...address.matchAll(/\{.*?\}/g)].filter(([hint]) => hint !== '{locale}' && hint !== '{theme}');
    problems.push(...strange.map(([hint]) => `${place}: ${hint} is nothing that Teams fills in.`));
  }
  const resource = `api://${host}/${webApplicationInfo?.id ?? ''}`;
  if (webApplicationInfo?.resource !== resource) {
    problems.push(`webApplicationInfo.resource: it has to be ${resource}, or nobody can sign in.`);
  }
  return problems;
}

/** Every value under a name that says it is an address, however deep. */
function addressesIn(value: unknown, place = ''): { readonly place: string; readonly address: string }[] {
  if (typeof value === 'string') return /url$/i.test(place) ? [{ place, address: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const step = Array.isArray(value) ? `[${name}]` : name;
    return addressesIn(part, place === '' || Array.isArray(value) ? `${place}${step}` : `${place}.${step}`);
  });
}

function languagesOf({ localizationInfo }: Manifest) {
  return localizationInfo?.additionalLanguages ?? [];
}

/** That each language's file is as its schema wants it, and leaves nothing in the language of the manifest. */
function languageProblems(manifest: Manifest, files: Files, schemas: readonly Schemas[]): string[] {
  const { staticTabs = [], localizationInfo, name } = manifest;
  const wanted = [
    ...['name.short', ...(name.full === undefined ? [] : ['name.full']), 'description.short', 'description.full'],
    ...staticTabs.map((_, index) => `staticTabs[${String(index)}].name`),
  ];
  const tags = [localizationInfo?.defaultLanguageTag, ...languagesOf(manifest).map(({ languageTag }) => languageTag)];
  const twice = new Set(tags).size < tags.length ? ['localizationInfo: a language is named twice.'] : [];
  return languagesOf(manifest).reduce((problems: string[], { file }) => {
    // One that is missing is told of where files are.
    if (!(file in files)) return problems;
    const texts = jsonIn(files, file);
    if (typeof texts === 'string') return [...problems, texts];
    const missing = wanted.filter((key) => !(key in texts)).map((key) => `${file}: ${key} is missing.`);
    const found = schemas.flatMap(({ version, localization }) => valid(localization, texts, `${file}, as of ${version}`));
    const short = 'name.short' in texts ? String(texts['name.short']) : '';
    const named = bearsTheirName(short) ? [`${file}: ${short} bears the name of Microsoft or of Teams.`] : [];
    return [...problems, ...missing, ...found, ...named];
  }, twice);
}

/** That it is a full square of the app's colour, with a symbol that Teams' rounded corners don't cut. */
function colourIconProblems({ icons: { color: name }, accentColor }: Manifest, files: Files): string[] {
  const image = imageIn(files, name, COLOUR_SIZE);
  if (typeof image === 'string') return [image];
  const problems = [];
  if (image.some(({ alpha }) => alpha !== 255)) problems.push(`${name}: it is transparent somewhere.`);
  const symbol = image.filter(({ colour }) => colour !== accentColor.toLowerCase());
  const edge = (COLOUR_SIZE - SYMBOL_SIZE) / 2;
  const isOutside = (at: number) => at < edge || at >= COLOUR_SIZE - edge;
  if (symbol.length === 0) problems.push(`${name}: there is no symbol in it.`);
  if (symbol.some(({ x, y }) => isOutside(x) || isOutside(y))) {
    const size = `${String(SYMBOL_SIZE)}x${String(SYMBOL_SIZE)}`;
    problems.push(`${name}: outside the ${size} in the middle it is not all of the accent colour, ${accentColor}.`);
  }
  return problems;
}

/** That it is white on nothing, and as large as it may be. */
function outlineIconProblems({ icons: { outline: name } }: Manifest, files: Files): string[] {
  const image = imageIn(files, name, OUTLINE_SIZE);
  if (typeof image === 'string') return [image];
  const problems = [];
  const drawn = image.filter(({ alpha }) => alpha > 0);
  if (drawn.length === image.length) problems.push(`${name}: its ground is not transparent.`);
  if (drawn.some(({ colour }) => colour !== '#ffffff')) problems.push(`${name}: there is another colour than white in it.`);
  const touches = (at: (pixel: Pixel) => number, edge: number) => drawn.some((pixel) => at(pixel) === edge);
  const last = OUTLINE_SIZE - 1;
  const edges = [touches(({ x }) => x, 0), touches(({ x }) => x, last), touches(({ y }) => y, 0), touches(({ y }) => y, last)];
  if (edges.includes(false)) problems.push(`${name}: there is room between the symbol and the edge.`);
  return problems;
}

interface Pixel {
  readonly x: number;
  readonly y: number;
  /** As `#rrggbb`. */
  readonly colour: string;
  readonly alpha: number;
}

/** A square image's pixels, or what is wrong with it. */
function imageIn(files: Files, name: string, size: number): Pixel[] | string {
  const file = files[name];
  if (!file) return `${name} can't be looked at.`;
  let image;
  try {
    image = decode(file, { checkCrc: true });
  } catch {
    return `${name} is not a PNG image.`;
  }
  const { width, height, channels, depth, data, palette } = image;
  if (width !== size || height !== size) {
    return `${name}: it is ${String(width)}x${String(height)}, and has to be ${String(size)}x${String(size)}.`;
  }
  if (depth !== 8 || channels < 3 || palette) return `${name}: its pixels are not of red, green and blue in 8 bits.`;
  return Array.from({ length: width * height }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 255] = data.subarray(index * channels, (index + 1) * channels);
    const colour = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    return { x: index % width, y: Math.floor(index / width), colour, alpha };
  });
}

/** An object from a JSON file, or what is wrong with it. */
function jsonIn(files: Files, name: string): object | string {
  const file = files[name];
  if (!file) return `${name} is not in the package.`;
  try {
    const content: unknown = JSON.parse(strFromU8(file));
    return typeof content === 'object' && content !== null ? content : `${name} holds no object.`;
  } catch {
    return `${name} is not valid JSON.`;
  }
}

function valid(schema: object, content: object, where: string): string[] {
  if (ajv.validate(schema, content)) return [];
  return (ajv.errors ?? []).map(({ instancePath, message, params }) => {
    const more = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
    return `${where}: ${instancePath === '' ? 'the whole' : instancePath} ${message ?? 'is wrong'}${more}.`;
  });
}
