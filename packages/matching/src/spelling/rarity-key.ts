/** FNV-1a over the skeleton and the affixes: the learned table holds no name, only hashes of consonant classes. */
export function rarityKey(skeleton: string, affixes: number): number {
  let hash = 0x811c9dc5 ^ affixes;
  for (let i = 0; i < skeleton.length; i++) hash = Math.imul(hash ^ skeleton.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0xffffff;
}
