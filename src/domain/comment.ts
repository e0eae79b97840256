/** The longest comment, in UTF-16 code units, as a text field counts. Apart, so that a form takes nothing else along. */
export const COMMENT_LENGTH = 2000;
