import { css } from 'lit';

export const styles = css`
  .form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    margin-block-start: 12px;
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .chip {
    position: relative;
    display: flex;
    align-items: center;
    min-block-size: 44px;
  }
  .chip input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .chip span {
    padding: 5px 12px;
    border: 1px solid var(--_edge);
    border-radius: 18px;
  }
  .chip :checked + span {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 1px var(--_accent);
    font-weight: 600;
  }
  .chip :focus-visible + span {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
  }
  textarea,
  .field {
    display: block;
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px solid var(--_edge);
    border-radius: 8px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 1.1429em;
    line-height: 1.375;
    field-sizing: content;
  }
  #text {
    min-block-size: 62px;
    max-block-size: 30em;
  }
  .full #text {
    min-block-size: 106px;
  }
  :is(textarea, .field):focus-visible {
    border-radius: 8px;
  }
  #count:empty,
  .note:empty {
    display: none;
  }
  .note {
    flex: 1 1 200px;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
    align-items: center;
    padding: 4px 8px 4px 10px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: var(--_accent-soft);
  }
  .who > p {
    flex: 1 1 9em;
    padding-block: 4px;
  }
  /* More to say, which takes more room. */
  .shared > p,
  .who > p:has(b) {
    flex-basis: 15em;
  }
  .who > .plain {
    margin-inline-start: auto;
  }
  .circles {
    inline-size: 32px;
    block-size: 32px;
    stroke-width: 1.8;
  }
  .own {
    stroke-width: 2.6;
  }
  .plain {
    padding-inline: 8px;
    background: transparent;
    color: var(--_text);
    font-weight: 400;
    text-decoration: underline;
  }
  .form > .bar {
    margin-block-start: 0;
  }
  .form button[aria-expanded]::after {
    content: '';
    display: inline-block;
    inline-size: 7px;
    block-size: 7px;
    margin-inline-start: 8px;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    translate: 0 -3px;
    rotate: 45deg;
  }
  .form button[aria-expanded='true']::after {
    translate: 0 1px;
    rotate: 225deg;
  }

  /* Reserves the form's place. */
  .skeleton {
    block-size: 21em;
  }
`;
