import type { Tensor } from '../../ports';

/** Images [N, C, H, W] moved right by dx and down by dy pixels; what moves in is zero. */
export function shifted(images: Tensor & { type: 'float32' }, dx: number, dy: number): Tensor & { type: 'float32' } {
  const [count = 0, channels = 0, height = 0, width = 0] = images.dims;
  const data = new Float32Array(images.data.length);
  // Of images that move out of sight altogether nothing is left.
  const planes = Math.abs(dx) < width && Math.abs(dy) < height ? count * channels : 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let y = Math.max(0, dy); y < Math.min(height, height + dy); y++) {
      const [to, from] = [(plane * height + y) * width, (plane * height + y - dy) * width];
      const [start, end] = [Math.max(0, -dx), Math.min(width, width - dx)];
      data.set(images.data.subarray(from + start, from + end), to + start + dx);
    }
  }
  return { type: 'float32', data, dims: images.dims };
}

export const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
