/** Exact operation counts of attention and of its linear variant, for Q, K, V of n × d. */

export interface Counts {
  readonly multiplyAdds: number;
  /** Exponentials of the softmax. */
  readonly exponentials: number;
}

/** A product of an a × b and a b × c matrix takes a · b · c multiply–adds. */
function product(a: number, b: number, c: number): number {
  return a * b * c;
}

/** softmax(Q Kᵀ / √d) V: an n × n matrix of scores, then n × n times n × d. */
export function softmaxAttention(n: number, d: number): Counts {
  return { multiplyAdds: product(n, d, n) + product(n, n, d), exponentials: n * n };
}

/** softmax(Q / √d) (Kᵀ V): a d × d matrix, then n × d times d × d. */
export function linearAttention(n: number, d: number): Counts {
  return { multiplyAdds: product(d, n, d) + product(n, d, d), exponentials: n * d };
}

/** Exponent of n in a count, between n and 2n: whole when the count is a power of n. */
export function growthInN(count: (n: number) => number, n: number): number {
  return Math.log2(count(2 * n) / count(n));
}
