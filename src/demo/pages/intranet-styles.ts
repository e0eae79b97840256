/**
 * The style sheet of an intranet that knew nothing of the widgets when it was written: a reset, and rules for bare
 * elements that win by force. Only the block at the top is for the widgets.
 */
export const INTRANET_STYLES = `
/* Leerkring: our colours and type, once. */
:root {
  --kring-accent: var(--rust);
  --kring-on-accent: var(--on-rust);
  --kring-accent-soft: var(--peach);
  --kring-surface: var(--paper);
  --kring-raised: var(--paper);
  --kring-text: var(--ink);
  --kring-quiet: var(--stone);
  --kring-line: var(--hair);
  --kring-edge: var(--pebble);
  --kring-data-1: var(--rust);
  --kring-band: var(--glow);
  --kring-radius: 0;
  --kring-font: var(--body-type);
}

:root {
  color-scheme: light dark;
  --night: #1b2a33;
  --spark: #f4b63f;
  --rust: light-dark(#9c3d14, #f2a57c);
  --on-rust: light-dark(#fff, #33140a);
  --peach: light-dark(#fbeadf, #43291c);
  --glow: light-dark(#9c3d1440, #f2a57c4d);
  --paper: light-dark(#fffdf9, #1d252a);
  --ground: light-dark(#efe9df, #12181b);
  --ink: light-dark(#22282b, #f1ede6);
  --stone: light-dark(#5d5a54, #bcb6ac);
  --hair: light-dark(#dcd3c5, #3b464c);
  --pebble: light-dark(#7d766b, #968f85);
  --body-type: 'Trebuchet MS', 'Gill Sans', 'Liberation Sans', sans-serif;
  --head-type: Georgia, 'Liberation Serif', serif;
}

/* reset */
* {
  margin: 0;
  padding: 0;
  box-sizing: border-box;
  letter-spacing: 0.005em;
}
html {
  font-size: 62.5%;
  scroll-padding-top: 2rem;
  background: var(--ground);
}
body {
  display: grid;
  grid-template-rows: auto 1fr auto;
  grid-template-columns: minmax(0, 1fr);
  min-height: 100vh;
  /* Columns go by the letters, however those were made large: a media query knows only the browser's own size. */
  container-type: inline-size;
  background: var(--ground);
  color: var(--ink);
  font: 1.6rem/1.65 var(--body-type);
  overflow-wrap: break-word;
  hyphens: auto;
}
ul,
ol {
  list-style: none;
}
img,
svg {
  display: block;
  max-width: 100%;
  height: auto;
}
table {
  width: 100%;
  border-collapse: collapse;
}

/* bare elements */
h1,
h2,
h3 {
  font-family: var(--head-type);
  font-weight: 700;
  line-height: 1.2 !important;
  color: var(--ink);
}
h1 {
  margin-bottom: 0.4rem;
  font-size: clamp(3rem, 2.2rem + 2vw, 4.4rem);
}
h2 {
  font-size: 2.4rem;
  padding-bottom: 0.8rem;
  border-bottom: 3px solid var(--spark);
}
h3 {
  font-size: 2rem;
}
p {
  margin-bottom: 1.2rem;
  max-width: 68ch;
}
a {
  color: var(--rust);
  text-underline-offset: 0.2em;
}
button,
input[type='submit'] {
  min-height: 44px;
  padding: 0 1.6rem;
  border: 0 !important;
  border-radius: 0 !important;
  background: var(--spark) !important;
  color: #1b2a33 !important;
  font: 700 1.3rem/1 var(--body-type);
  letter-spacing: 0.08em;
  text-transform: uppercase;
  cursor: pointer;
}
button:hover {
  background: #fff !important;
}
input {
  display: block;
  width: 100% !important;
  height: 44px;
  padding: 0 1.2rem;
  border: 2px solid var(--night) !important;
  appearance: none;
  background: var(--paper);
}
fieldset {
  padding: 2.4rem !important;
  border: 3px double var(--pebble);
  background: var(--peach);
}
legend {
  float: left;
  width: 100%;
  font: 700 2rem/1.2 var(--head-type) !important;
  text-transform: uppercase;
}
label {
  display: block;
  font-weight: 700;
  text-transform: uppercase;
}
:focus-visible {
  outline: 3px solid var(--rust);
  outline-offset: 2px;
}

/* masthead */
.jump {
  position: absolute;
  left: 1rem;
  top: 1rem;
  z-index: 2;
  padding: 1rem 1.6rem;
  background: #fff;
  color: #1b2a33;
}
.jump:not(:focus) {
  clip-path: inset(50%);
}
.band {
  width: min(118rem, 100% - min(3.2rem, 10vw));
  margin-inline: auto;
}
.masthead {
  background: var(--night);
  color: #fff;
}
.masthead a {
  color: #fff;
}
.masthead :focus-visible {
  outline-color: #fff;
}
.who {
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem 2.4rem;
  align-items: center;
  padding: 0.6rem 0;
  font-size: 1.4rem;
}
.who p {
  margin: 0;
}
.who .out {
  margin-left: auto;
}
.who button {
  min-height: 36px;
  border: 1px solid #8fa0a9 !important;
  background: transparent !important;
  color: #fff !important;
}
.who button:hover {
  background: #24363f !important;
}
.who a {
  display: inline-flex;
  align-items: center;
  min-height: 44px;
}
.name {
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem 1.6rem;
  align-items: center;
  padding: 1.6rem 0 2rem;
}
.name a {
  min-width: 0;
  display: flex;
  gap: 1.2rem;
  align-items: center;
  font: 700 3.2rem/1.1 var(--head-type);
  text-decoration: none;
}
.name svg {
  flex: none;
  width: 44px;
  height: 44px;
}
.name p {
  margin: 0;
  color: #d5dde1;
  font-style: italic;
}
.menu {
  border-bottom: 4px solid var(--spark);
  background: #24363f;
}
.menu ul {
  display: flex;
  flex-wrap: wrap;
}
.menu a {
  display: flex;
  align-items: center;
  min-height: 48px;
  padding: 0 1.8rem;
  font-weight: 700;
  text-decoration: none;
}
.menu li:first-child a {
  margin-left: -1.8rem;
}
.menu a:hover {
  text-decoration: underline;
}
.menu [aria-current] {
  background: var(--spark);
  color: #1b2a33;
}
.menu li:last-child {
  margin-left: auto;
}

/* pages */
main {
  padding: 3.2rem 0 6.4rem;
}
main:focus {
  outline: 0;
}
.home {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 3.2rem 4rem;
}
.asked,
.cards {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 3.2rem;
  align-content: start;
  min-width: 0;
}
.notice {
  padding: 2rem 2.4rem;
  background: var(--paper);
  border-left: 6px solid var(--spark);
}
.notice h2 {
  padding: 0;
  margin-bottom: 0.6rem;
  border: 0;
}
.notice p {
  margin: 0;
}
.news {
  min-width: 0;
}
.item {
  padding: 2rem 0;
  border-bottom: 1px solid var(--hair);
}
.item h3 {
  margin-bottom: 0.6rem;
}
.item h3 a {
  color: inherit;
  text-decoration: none;
}
.item h3 a:hover {
  text-decoration: underline;
}
.item p {
  margin: 0;
}
.item time,
article time {
  display: block;
  margin-bottom: 0.4rem;
  color: var(--stone);
  font-size: 1.4rem;
}
.first {
  padding-top: 0;
}
.first h3 {
  font-size: 2.8rem;
}
.picture {
  margin: 2rem 0 1.6rem;
  background: var(--night);
}
.picture svg {
  width: 100%;
}
.agenda {
  padding-top: 0.8rem;
}
.news .item + h2 {
  margin-top: 3.2rem;
}
.agenda li {
  display: flex;
  flex-wrap: wrap;
  gap: 0 1.2rem;
  padding: 1.2rem 0;
  border-bottom: 1px solid var(--hair);
}
.agenda li > span {
  flex: 1 1 15rem;
  min-width: 0;
}
.agenda b {
  flex: 0 0 10.5rem;
  max-width: 100%;
  font-family: var(--head-type);
}
.agenda span span {
  display: block;
  color: var(--stone);
  font-size: 1.4rem;
}
.menu-card {
  padding: 2.4rem;
  background: var(--paper);
  border-top: 6px solid var(--spark);
}
.menu-card h2 {
  border: 0;
}
.menu-card th,
.menu-card td {
  padding: 0.9rem 0;
  border-top: 1px solid var(--hair);
  text-align: left;
  vertical-align: top;
}
.menu-card th {
  width: 10.5rem;
  padding-right: 1.2rem;
  font-weight: 700;
}
.menu-card .now {
  background: var(--peach);
}
.menu-card .now th,
.menu-card .now td {
  padding-inline: 0.8rem;
}
.menu-card small {
  display: block;
  color: var(--rust);
  font-size: 1.3rem;
  font-weight: 400;
}
article {
  max-width: 72rem;
}
article h1 {
  margin-bottom: 2rem;
}
article .lead {
  font: 2rem/1.5 var(--head-type);
}
article .widget {
  margin: 2.4rem 0;
}
.log {
  margin-top: 2.4rem;
}
.team {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 3.2rem 4rem;
  margin-top: 2.4rem;
}
.people li {
  padding: 1rem 0;
  border-bottom: 1px solid var(--hair);
  line-height: 1.4;
}
.people span {
  display: block;
  color: var(--stone);
  font-size: 1.4rem;
}
.side {
  display: grid;
  gap: 3.2rem;
  align-content: start;
}
.side h2 {
  font-size: 2rem;
}
.side p {
  padding-top: 1.2rem;
}
@container (min-width: 58.75em) {
  .home {
    grid-template-columns: minmax(0, 1fr) 40rem;
  }
  .home h1 {
    grid-column: 1 / -1;
  }
  .home .asked {
    grid-column: 2;
    grid-row: 2;
  }
  .home .news {
    grid-column: 1;
    grid-row: 2 / span 2;
  }
  .home .menu-card {
    grid-column: 2;
  }
  .team {
    grid-template-columns: minmax(0, 1fr) 28rem;
  }
}
@container (max-width: 30em) {
  .menu a {
    padding: 0 0.8rem;
    font-size: 1.5rem;
  }
  .menu li:first-child a {
    margin-left: -0.8rem;
  }
  .menu-card,
  .notice {
    padding: 1.6rem;
  }
}
/* A small screen with large letters. */
@container (max-width: 19em) {
  h1,
  .first h3,
  .name a {
    font-size: 2.2rem;
  }
  h2,
  h3,
  article .lead {
    font-size: 1.9rem;
  }
  .name svg {
    width: 32px;
    height: 32px;
  }
  button {
    padding: 0 0.8rem;
    letter-spacing: 0;
  }
  .menu-card {
    padding: 1.2rem 0.8rem;
  }
  .menu-card th,
  .menu-card td {
    display: block;
    width: auto;
    padding: 0.8rem 0 0;
  }
  .menu-card td {
    border: 0;
  }
}
footer {
  padding: 2.4rem 0;
  background: var(--night);
  color: #d5dde1;
  font-size: 1.4rem;
}
footer p {
  max-width: none;
}
@media (forced-colors: active) {
  .menu [aria-current] {
    forced-color-adjust: none;
    background: Highlight;
    color: HighlightText;
  }
}
`;

/** The intranet's own logo, as the icon of the page. */
export const SPARK_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44"><path fill="#1b2a33" d="M0 0h44v44H0z"/>' +
  '<path fill="#f4b63f" d="M25 4 10 25h10l-3 15 17-23H23z"/></svg>';
