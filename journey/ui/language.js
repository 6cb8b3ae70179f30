// Draws nothing: tells the browser the language of the page, for screen readers and hyphens, and has it remember a choice.

const YEAR = 31536000; // seconds

export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (data.choice == null) return;
  document.cookie = `${data.cookie}=${data.choice}; path=/; max-age=${data.choice ? YEAR : 0}; samesite=strict`;
}
