// Draws nothing: hands a picture to the viewer of the same topic, as an address within this page. The bytes follow one
// line of JSON that says whose they are; as they never change, Streamlit sends them once.

const NEWLINE = 10;

export default function ({ data, parentElement }) {
  const pixels = stateOf(parentElement, () => ({}));
  const split = data.indexOf(NEWLINE);
  const label = new TextDecoder().decode(data.subarray(0, split));
  if (label !== pixels.label) {
    pixels.label = label;
    pixels.silence?.();
    if (pixels.address) URL.revokeObjectURL(pixels.address);
    const { topic, source, type } = JSON.parse(label);
    pixels.address = URL.createObjectURL(new Blob([data.subarray(split + 1)], { type }));
    pixels.silence = tell(topic, { source, address: pixels.address });
  }
  return () => {
    pixels.silence();
    URL.revokeObjectURL(pixels.address);
    pixels.label = null;
  };
}
