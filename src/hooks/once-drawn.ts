// A key that was typed at the first frame is read, and its own frame is out, by then.
const drawnMs = 50;

/** Does something when the first frames are drawn. Returns the way to call it off. */
export function onceDrawn(action: () => void): () => void {
  const timer = setTimeout(action, drawnMs);
  return () => clearTimeout(timer);
}
