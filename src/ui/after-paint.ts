/** In the moment after the next frame: for what the first picture of something does without. */
export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => {
    setTimeout(act);
  });
}
