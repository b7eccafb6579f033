import { randomNormal } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers that a seed determines. */
export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** A whole number 0 … below − 1. */
  index(below: number): number;
  /** Standard normal. */
  normal(): number;
  normals(count: number): Float64Array;
}

/** FNV-1a, 32 bits: parts the streams of different names. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}

/** The stream of a name under a seed: xoroshiro128+, and the polar method for normal numbers. */
export function randomStream(seed: number, name: string): Random {
  const generator = xoroshiro128plus(hashed(`${seed}/${name}`));
  const uniform = (): number => uniformFloat64(generator);
  const normal = randomNormal.source(uniform)(0, 1);
  return {
    uniform,
    index: (below) => uniformInt(generator, 0, below - 1),
    normal,
    normals: (count) => Float64Array.from({ length: count }, normal),
  };
}
