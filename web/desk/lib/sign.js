// The sign of a request: three pictures that the person sees too. The same list and steps as the server's.

export const PICTURES = [
  "🌊",
  "🐘",
  "🔑",
  "🌙",
  "⭐",
  "🌈",
  "🔥",
  "🌲",
  "🌻",
  "🌹",
  "🍎",
  "🍋",
  "🍇",
  "🍓",
  "🥕",
  "🌽",
  "🍞",
  "🧀",
  "🥚",
  "🍯",
  "☕",
  "🍉",
  "🥥",
  "🍍",
  "🐈",
  "🐎",
  "🐄",
  "🐑",
  "🐓",
  "🐟",
  "🐢",
  "🐝",
  "🦋",
  "🐞",
  "🦁",
  "🐒",
  "🐫",
  "🦉",
  "🐬",
  "🐧",
  "🚲",
  "🚌",
  "🚂",
  "⛵",
  "🎈",
  "⚽",
  "🎁",
  "🎵",
  "🥁",
  "🎸",
  "📚",
  "✂",
  "🔔",
  "⏰",
  "💡",
  "🪑",
  "🧦",
  "👒",
  "👟",
  "🧤",
  "☂",
  "🏠",
  "🌉",
  "⛺",
];

/** Returns the three pictures of a handoff id (32 hexadecimal digits). */
export function picturesOf(handoff) {
  const left = [...PICTURES];
  let seed = BigInt(`0x${handoff}`);
  return [0, 1, 2].map(() => {
    const count = BigInt(left.length);
    const at = Number(seed % count);
    seed /= count;
    return left.splice(at, 1)[0];
  });
}
