import { css } from 'lit';

export const laterStyles = css`
  .log {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    margin-block-start: 20px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
  }
  .log h4,
  .log h5,
  .log h6 {
    margin: 0;
    font-size: 1em;
    line-height: 1.4286;
    font-weight: 600;
  }
  .log ul,
  .log ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .log .bar {
    margin-block-start: 8px;
  }
  .log .bar.tight {
    min-block-size: 0;
    margin-block-start: 4px;
  }
  .log .opened > .bar,
  .log .help > .bar {
    margin-block-start: 0;
  }
  .log .link {
    min-block-size: 44px;
    padding: 8px 0;
    background: transparent;
    color: var(--_text);
    font-weight: 400;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .log .line .link,
  .log p .link {
    min-block-size: 24px;
    padding-block: 0;
  }
  .log a {
    color: inherit;
    text-underline-offset: 2px;
  }
  .all a {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
  }
  .log .pill {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    padding: 4px 16px;
    border: 1px solid var(--_edge);
    border-radius: 22px;
    background: transparent;
    color: var(--_text);
    font-weight: 400;
  }
  .log .pill[aria-pressed='true'],
  .log .pill[aria-expanded='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 1px var(--_accent);
    font-weight: 600;
  }
  .log :is(button:disabled, [aria-disabled='true']) {
    opacity: 0.6;
    cursor: default;
  }
  .trouble {
    margin-block-start: 8px;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_text);
  }

  /* Which list, and what is looked for. */
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    border-block-end: 1px solid var(--_line);
  }
  .log .tabs button {
    padding: 8px 12px;
    border-radius: 8px 8px 0 0;
    background: transparent;
    color: var(--_text);
    font-weight: 400;
    border-block-end: 3px solid transparent;
  }
  .log .tabs [aria-selected='true'] {
    border-block-end-color: var(--_accent);
    font-weight: 600;
  }
  #log-panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .search {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }
  .labelled > span {
    display: block;
    margin-block-end: 4px;
    font-weight: 600;
  }
  .narrow {
    display: block;
    max-inline-size: 320px;
  }
  .log :is(input, select, textarea) {
    display: block;
    inline-size: 100%;
    min-block-size: 44px;
    margin: 0;
    padding: 8px 12px;
    border: 1px solid var(--_edge);
    border-radius: 8px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }
  .log select {
    text-overflow: ellipsis;
  }
  .log textarea {
    max-block-size: 24em;
    resize: vertical;
    field-sizing: content;
  }
  .log ::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .log summary {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
  }
  .options {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr));
    gap: 8px 12px;
    margin-block-end: 8px;
  }
  .log .pick {
    margin: 0;
  }
  .log .chips {
    margin-block-end: 8px;
  }
  .log .pick label {
    display: block;
    margin-block-end: 4px;
    font-size: 1em;
    line-height: inherit;
    font-weight: 600;
  }
  /* Over the list, wherever one is in it: what is read stays where it is. */
  .newer {
    position: sticky;
    inset-block-start: 36px;
    z-index: 1;
    display: flex;
    justify-content: center;
    block-size: 44px;
    margin-block-end: -44px;
    pointer-events: none;
  }
  .log .newer .pill {
    background: var(--_surface);
    box-shadow: 0 1px 6px rgb(0 0 0 / 25%);
    transform: translateY(-28px);
    pointer-events: auto;
  }

  /* The rows of a list. */
  .feed {
    /* Room for the outline of what has the focus. */
    margin-inline: -4px;
    padding-inline: 4px;
  }
  .rows {
    position: relative;
  }
  .rows > .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }
  .row {
    border-block-end: 1px solid var(--_line);
  }
  .few > :last-child {
    border-block-end: 0;
  }
  .entry {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    gap: 0 12px;
    padding-block: 12px;
  }
  .entry.bare {
    grid-template-columns: minmax(0, 1fr);
  }
  .few .entry {
    padding-block: 8px;
  }
  .kind {
    inline-size: 24px;
    block-size: 24px;
    stroke-width: 1.75;
  }
  .entry-head {
    position: relative;
  }
  .log .open {
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .open:hover {
    box-shadow: none;
    text-decoration: underline;
  }
  /* All of the beginning opens it. */
  .open::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .open:focus-visible {
    outline: none;
  }
  .open:focus-visible::after {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
    border-radius: 4px;
  }
  .by {
    margin-inline-start: 10px;
    font-weight: 400;
  }
  .leads {
    display: inline-block;
    margin-inline-end: 4px;
    padding: 0 8px;
    border: 1px solid var(--_accent);
    border-radius: 10px;
    color: var(--_text);
  }
  .begin,
  .as-typed,
  .raw {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .begin {
    display: -webkit-box;
    margin-block-start: 4px;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    line-clamp: 3;
    overflow: hidden;
  }
  .few .begin {
    -webkit-line-clamp: 2;
    line-clamp: 2;
  }

  /* An entry that is read. */
  .opened {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    margin-block: 8px;
  }
  .prose {
    max-inline-size: 65ch;
    font-size: 1.1429em;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .post .prose {
    font-size: 1em;
    line-height: inherit;
  }
  .prose > * + * {
    margin-block-start: 8px;
  }
  .prose p {
    white-space: pre-line;
  }
  .prose :is(ul, ol) {
    padding-inline-start: 1.5em;
  }
  .prose ul {
    list-style: disc;
  }
  .prose ol {
    list-style: decimal;
  }
  .log blockquote {
    margin: 8px 0;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_line);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .prose :is(code, pre) {
    font-family: ui-monospace, Consolas, monospace;
    font-size: 0.9em;
  }
  .prose pre {
    padding: 8px 12px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    white-space: pre-wrap;
  }
  .different {
    padding-inline-start: 16px;
    border-inline-start: 4px solid var(--_accent);
  }
  .words {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .listed {
    padding-block: 12px;
  }
  .sure,
  .left {
    display: grid;
    gap: 4px;
    padding: 12px 16px;
    border: 1px solid var(--_edge);
    border-radius: 8px;
  }
  .left {
    border-style: dashed;
  }
  .sure .bar {
    margin-block-start: 4px;
  }
  .acts > * + * {
    margin-block-start: 8px;
  }
  .owning > :not(summary) + * {
    margin-block-start: 8px;
  }
  .log .earlier {
    display: grid;
    gap: 12px;
  }
  .earlier > li {
    padding-block-start: 8px;
    border-block-start: 1px solid var(--_line);
  }

  /* What is written under it. */
  .thread,
  .replies,
  .asking,
  .help {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .thread {
    gap: 16px;
    margin-block-start: 4px;
    padding-block-start: 12px;
    border-block-start: 1px solid var(--_line);
  }
  .posts {
    display: grid;
    gap: 12px;
  }
  .post {
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_line);
  }
  .question {
    margin-block-start: 4px;
  }
  .help {
    padding: 12px 16px;
    border: 1px solid var(--_line);
    border-radius: 8px;
  }
  .help-head {
    display: flex;
    gap: 12px;
    align-items: flex-start;
  }
  .writing {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }
  .writing > * + .labelled,
  .writing > * + .pick {
    margin-block-start: 8px;
  }

  /* What one set out to do, and what is new since the last time. */
  .due,
  .asked,
  .digest {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    padding: 12px 16px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: var(--_accent-soft);
  }
  .log .asked {
    padding: 12px 16px;
  }
  :is(.digest, .asked) li + li {
    margin-block-start: 8px;
  }
  .log .digest li .link {
    min-block-size: 24px;
    padding: 2px 0;
    text-align: start;
  }
  .log .asked .from {
    min-block-size: 24px;
  }
  .log .kept {
    scroll-margin-block: 80px;
  }
  .log article {
    scroll-margin-block-start: 80px;
  }
  .invitation {
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_accent);
  }
  .log .intentions {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .intention {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    justify-items: start;
  }
  .intention > :is(.writing, .answered) {
    justify-self: stretch;
  }
  .answered {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .answered > * {
    grid-area: 1 / 1;
  }
  .answered > .writing {
    visibility: hidden;
  }
  .log .from {
    max-inline-size: 65ch;
    min-block-size: 24px;
    padding: 4px 0;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .log .list-title {
    margin-block-start: 4px;
  }
  .log .months {
    display: grid;
    gap: 8px;
    margin: 8px 0;
  }
  .months > div {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
    gap: 0 12px;
  }
  .months dd {
    margin: 0;
    grid-column: span 2;
  }
  .empty {
    padding-block: 8px;
  }
  .log .skeleton.list {
    block-size: 260px;
  }
  .log .skeleton.text {
    block-size: 84px;
  }
  @container (max-width: 420px) {
    .tabs {
      display: grid;
      grid-template-columns: repeat(2, auto);
      justify-content: start;
    }
    .log .tabs button {
      text-align: start;
    }
    .months dd {
      grid-column: auto;
    }
    .full .entry {
      grid-template-columns: minmax(0, 1fr);
    }
    .full .kind {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .due,
    .asked,
    .digest {
      border-color: CanvasText;
    }
    .log .pill[aria-pressed='true'],
    .log .pill[aria-expanded='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .log .tabs [aria-selected='true'] {
      border-block-end-color: Highlight;
    }
    .log :is(.pill, .link, .open, .secondary, .tabs button) {
      color: CanvasText;
    }
  }
`;
