// Draws nothing: tells the component of the same topic what is chosen, in a few bytes.

export default function ({ data, parentElement }) {
  const pointer = stateOf(parentElement, () => ({}));
  pointer.silence?.();
  pointer.silence = tell(data.topic, data.message);
  return () => pointer.silence();
}
