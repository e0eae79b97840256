import { css } from 'lit';

export const styles = css`
  /* Reserves the form's place. */
  .skeleton {
    block-size: 39.7em;
  }
  @container (min-width: 560px) {
    .skeleton {
      block-size: 82em;
    }
  }
  @container (min-width: 700px) {
    .skeleton {
      block-size: 72em;
    }
  }
`;
