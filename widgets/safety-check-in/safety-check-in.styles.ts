import { css } from 'lit';

export const styles = css`
  .stage {
    margin-block-start: 16px;
  }
  .stage > * + *,
  .part > * + * {
    margin-block-start: 12px;
  }
  .stage ul {
    margin: 4px 0 0;
    padding-inline-start: 18px;
  }
  .stage li,
  .stage h3 + p,
  .stage ul + p {
    margin-block-start: 4px;
  }
  .items > .part {
    margin-block: 16px;
  }
  .plain {
    background: transparent;
    color: var(--_quiet);
    font-weight: 400;
    text-decoration: underline;
  }
  .bar .plain {
    padding-inline: 8px;
  }

  /* Reserves the first page's place. */
  .skeleton {
    block-size: 51.5em;
  }
  @container (min-width: 390px) {
    .skeleton {
      block-size: 40em;
    }
  }
  @container (min-width: 560px) {
    .skeleton {
      block-size: 33.9em;
    }
  }
`;
