/** The look of the demo's front page and editor's page. The widgets on them keep their own. */
export const SITE_STYLES = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f4f1, #141414);
  --surface: light-dark(#fff, #1f1f1f);
  --text: light-dark(#1d2329, #f3f2f0);
  --quiet: light-dark(#59626d, #b9bdc3);
  --line: light-dark(#dcdad4, #3d3d3d);
  --edge: light-dark(#767c84, #9aa0a7);
  --accent: light-dark(#0b6a66, #6cc7c1);
  --accent-soft: light-dark(#e3f0ef, #17393a);
  --on-accent: light-dark(#fff, #06211f);
}
*,
::before,
::after {
  box-sizing: border-box;
}
html {
  scroll-padding-block-start: 24px;
  background: var(--page);
}
body {
  /* Columns go by the letters, however those were made large: a media query knows only the browser's own size. */
  container-type: inline-size;
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 400 1rem/1.5 'Segoe UI', system-ui, sans-serif;
  overflow-wrap: break-word;
}
h1,
h2,
h3,
p,
ul,
ol,
dl,
dd,
pre {
  margin: 0;
}
h1 {
  max-inline-size: 22ch;
  font-size: clamp(1.75rem, 1.35rem + 1.8vw, 2.5rem);
  line-height: 1.2;
  font-weight: 600;
  letter-spacing: -0.01em;
  text-wrap: balance;
}
h2 {
  font-size: 1.5rem;
  line-height: 1.333;
  font-weight: 600;
}
h3 {
  font-size: 1.25rem;
  line-height: 1.4;
  font-weight: 600;
}
p,
li {
  max-inline-size: 65ch;
}
b {
  font-weight: 600;
}
a {
  color: var(--accent);
  text-underline-offset: 3px;
}
code,
pre {
  font-family: ui-monospace, 'Cascadia Code', Consolas, monospace;
  font-size: 0.875rem;
}
:focus-visible {
  outline: 2px solid var(--text);
  outline-offset: 2px;
  border-radius: 4px;
}
[hidden] {
  display: none !important;
}
.skip {
  position: absolute;
  inset: 8px auto auto 8px;
  z-index: 1;
  padding: 10px 16px;
  border-radius: 8px;
  background: var(--text);
  color: var(--page);
}
.skip:not(:focus) {
  clip-path: inset(50%);
}
.sr {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.wide {
  inline-size: min(70rem, 100% - 32px);
  margin-inline: auto;
}
.quiet {
  color: var(--quiet);
}
.small {
  font-size: 0.875rem;
  line-height: 1.43;
}

.top {
  display: flex;
  flex-wrap: wrap;
  gap: 0 24px;
  align-items: center;
  padding-block: 12px;
}
.top a {
  display: flex;
  gap: 10px;
  align-items: center;
  min-block-size: 44px;
  color: inherit;
  text-decoration: none;
}
.top a:hover,
.top [aria-current] {
  text-decoration: underline;
}
.top .brand {
  margin-inline-end: auto;
  font-size: 1.25rem;
  font-weight: 600;
  text-decoration: none;
}
.top ul {
  display: flex;
  gap: 4px 20px;
  padding: 0;
  list-style: none;
}
.mark {
  inline-size: 28px;
  block-size: 28px;
  fill: none;
  stroke: var(--accent);
  stroke-width: 2;
}
.mark .dot {
  fill: var(--accent);
  stroke: none;
}

.hero {
  padding-block: clamp(24px, 6vw, 72px) clamp(32px, 5vw, 56px);
}
.hero p {
  margin-block-start: 16px;
  max-inline-size: 58ch;
  font-size: 1.125rem;
  line-height: 1.5;
}
section + section,
.options + section {
  margin-block-start: 48px;
}
section > h2 + p {
  margin-block-start: 8px;
  color: var(--quiet);
}

.steps {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(18.75rem, 100%), 1fr));
  gap: 20px;
  padding: 0;
  margin-block-start: 24px;
  list-style: none;
}
.card {
  display: flex;
  flex-direction: column;
  gap: 12px;
  min-inline-size: 0;
  max-inline-size: none;
  padding: 20px 24px 24px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--surface);
}
.card > ul {
  padding-inline-start: 20px;
}
.card li + li {
  margin-block-start: 4px;
}
.card li::marker {
  color: var(--accent);
}
.card .act {
  margin-block-start: auto;
  padding-block-start: 8px;
}
.nr {
  display: grid;
  place-items: center;
  inline-size: 36px;
  block-size: 36px;
  border: 2px solid var(--accent);
  border-radius: 50%;
  color: var(--accent);
  font-weight: 600;
}
.who {
  display: block;
  color: var(--quiet);
  font-size: 0.875rem;
  line-height: 1.43;
  font-weight: 400;
}
.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  min-block-size: 44px;
  padding: 8px 20px;
  border: 1px solid transparent;
  border-radius: 8px;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
.button:hover {
  background: color-mix(in oklab, var(--accent), var(--text) 14%);
}
.button.second {
  border-color: var(--edge);
  background: transparent;
  color: var(--text);
}
.button.second:hover {
  background: color-mix(in oklab, transparent, var(--text) 6%);
}
.button.third {
  margin-inline-start: -8px;
  padding-inline: 8px;
  background: transparent;
  color: var(--accent);
  text-decoration: underline;
  text-underline-offset: 3px;
}
.button.third:hover {
  background: color-mix(in oklab, transparent, var(--text) 6%);
}
.button:focus-visible {
  border-radius: 8px;
}
.card:focus-visible {
  border-radius: 12px;
}

.round {
  display: flex;
  gap: 16px;
  align-items: center;
}
.box {
  flex: none;
  inline-size: 72px;
  block-size: 72px;
  fill: none;
  stroke: var(--accent);
  stroke-width: 5;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.box .track {
  stroke: var(--line);
}
.box .inner {
  stroke-width: 3;
  opacity: 0.45;
}
.box .tick {
  visibility: hidden;
}
[data-phase='released'] .tick {
  visibility: visible;
}
[data-phase='released'] .inner {
  visibility: hidden;
}
.box .share {
  transition: stroke-dasharray 0.2s;
}
.facts {
  display: grid;
  grid-template-columns: auto 1fr;
  gap: 2px 16px;
  font-size: 0.875rem;
  line-height: 1.43;
}
.facts dt {
  color: var(--quiet);
}

.more {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(18.75rem, 100%), 1fr));
  gap: 20px;
  margin-block-start: 24px;
}
.more .card,
.card.plain {
  background: transparent;
}
.strip {
  flex-direction: row;
  flex-wrap: wrap;
  gap: 12px 32px;
  align-items: center;
  margin-block-start: 20px;
  padding-block: 20px;
}
.strip > :first-child {
  flex: 1 1 20rem;
  min-inline-size: 0;
}
.strip p {
  margin-block-start: 4px;
}
.strip .field {
  flex: 0 1 auto;
  min-inline-size: min(20rem, 100%);
  max-inline-size: 100%;
}
.strip .act {
  margin-block: auto 0;
  padding: 0;
}
.field {
  display: flex;
  flex-direction: column;
  gap: 4px;
  font-size: 0.875rem;
}
select {
  inline-size: 100%;
  min-block-size: 44px;
  padding: 8px 12px;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--surface);
  color: var(--text);
  font: inherit;
  font-size: 1rem;
}

.options {
  display: flex;
  flex-wrap: wrap;
  gap: 12px 32px;
  align-items: end;
  margin-block-start: 24px;
  padding: 16px 24px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--surface);
}
.options .field {
  flex: 1 1 9.375rem;
  max-inline-size: 16.25rem;
}
.check {
  display: flex;
  gap: 10px;
  align-items: center;
  min-block-size: 44px;
}
.check input {
  flex: none;
  inline-size: 20px;
  block-size: 20px;
  margin: 0;
  accent-color: var(--accent);
}
.sample {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 20px 32px;
  align-items: start;
  margin-block-start: 20px;
}
@container (min-width: 62.5em) {
  .sample {
    grid-template-columns: minmax(0, 1.3fr) minmax(0, 1fr);
  }
  .sample .snippet {
    position: sticky;
    inset-block-start: 24px;
  }
}
.stage {
  margin-block-start: 12px;
}
.snippet {
  display: flex;
  flex-direction: column;
  gap: 12px;
  align-items: start;
}
pre {
  inline-size: 100%;
  padding: 16px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--surface);
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  font-size: 0.8125rem;
  line-height: 1.6;
}
pre code {
  font-size: inherit;
}
.copy {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 16px;
  align-items: center;
}
.notes {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
  gap: 24px 40px;
  margin-block-start: 20px;
}
.notes > div {
  display: flex;
  flex-direction: column;
  gap: 8px;
  min-inline-size: 0;
}
.notes li + li {
  margin-block-start: 4px;
}
.notes ul {
  padding-inline-start: 20px;
}

.foot {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 32px;
  margin-block-start: 64px;
  padding-block: 20px 32px;
  border-block-start: 1px solid var(--line);
  color: var(--quiet);
  font-size: 0.875rem;
  line-height: 1.43;
}
.foot p {
  flex: 1 1 20rem;
  min-inline-size: 0;
}
.foot ul {
  display: flex;
  flex-wrap: wrap;
  gap: 0 20px;
  padding: 0;
  list-style: none;
}
.foot a {
  display: inline-block;
  padding-block: 4px;
  color: inherit;
}
@container (max-width: 30em) {
  .card {
    padding: 16px;
  }
  .top ul {
    gap: 0 16px;
  }
}
/* A small screen with large letters. */
@container (max-width: 19em) {
  main {
    hyphens: auto;
  }
  h1 {
    font-size: 1.4rem;
  }
  h2 {
    font-size: 1.25rem;
  }
  h3 {
    font-size: 1.125rem;
  }
  .round {
    flex-wrap: wrap;
  }
  .button {
    padding-inline: 8px;
  }
  .facts {
    grid-template-columns: minmax(0, 1fr);
  }
}
@media (forced-colors: active) {
  .mark,
  .box {
    stroke: Highlight;
  }
  /* By hand: the browser would put a plate behind a label that is as dark as the label. */
  .button,
  .button:hover {
    forced-color-adjust: none;
    border-color: Highlight;
    background: Highlight;
    color: HighlightText;
  }
  .button.second,
  .button.second:hover,
  .button.third,
  .button.third:hover {
    border-color: ButtonBorder;
    background: ButtonFace;
    color: ButtonText;
  }
}

.played {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr));
  gap: 12px 20px;
}
.played-teams {
  margin-block: 24px 48px;
  padding: 12px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--surface);
}
.played-teams > * {
  inline-size: 100%;
  margin-inline: auto;
}
.played-teams iframe {
  display: block;
  block-size: 44rem;
  border: 1px solid var(--edge);
  background: var(--page);
}
.played-teams [data-device='tablet'],
[data-device='tablet'] ~ p {
  max-inline-size: 820px;
}
.played-teams [data-device='phone'],
[data-device='phone'] ~ p {
  max-inline-size: 390px;
}
.played-teams [data-device='narrow'],
[data-device='narrow'] ~ p {
  max-inline-size: 280px;
}
.played-teams p {
  min-block-size: 1.5em;
  margin-block-start: 8px;
}
@media (prefers-reduced-motion: reduce) {
  * {
    transition: none !important;
  }
}
`;

/** The mark, as the icon of the page. */
export const MARK_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g fill="none" stroke="#0b6a66" stroke-width="2">' +
  '<circle cx="12" cy="12" r="10"/><circle cx="12" cy="12" r="5.5"/></g><circle cx="12" cy="12" r="1.8" fill="#0b6a66"/></svg>';
