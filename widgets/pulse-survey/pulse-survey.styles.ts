import { css } from 'lit';

export const styles = css`
  /* Reserves the form's place. */
  .skeleton,
  .soon {
    block-size: 39.7em;
  }
  @container (min-width: 560px) {
    .skeleton,
    .soon {
      block-size: 82em;
    }
  }
  @container (min-width: 700px) {
    .skeleton,
    .soon {
      block-size: 72em;
    }
  }
`;
