import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  imagesTensor,
  permutePixels,
  readImages,
  readLabels,
  readPermutation,
  readSentencePairs,
} from '../../../src/core/models/heldOut';

/** An IDX file of unsigned bytes, written with Node's own big-endian writer. */
function idx(sizes: readonly number[], values: Iterable<number>): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(sizes.length, 3);
  sizes.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  return Buffer.concat([header, Buffer.from([...values])]);
}

const malformed = (detail: RegExp) => (thrown: { code: string; data: { detail: string } }) => {
  assert.equal(thrown.code, 'data.malformed');
  assert.match(thrown.data.detail, detail);
  return true;
};

const side = fc.integer({ min: 1, max: 6 });
const pictures = fc
  .tuple(fc.integer({ min: 0, max: 5 }), side, side)
  .chain(([count, height, width]) =>
    fc
      .uint8Array({ minLength: count * height * width, maxLength: count * height * width })
      .map((pixels) => ({ count, height, width, pixels })),
  );

describe('held-out images', () => {
  it('are read as they were written, also out of the middle of a larger buffer', () => {
    fc.assert(
      fc.property(pictures, fc.nat(9), ({ count, height, width, pixels }, before) => {
        const file = idx([count, height, width], pixels);
        const inside = Buffer.concat([Buffer.alloc(before, 255), file, Buffer.alloc(3, 255)]);
        const images = readImages(inside.subarray(before, before + file.length));
        assert.deepEqual([images.count, images.height, images.width], [count, height, width]);
        assert.deepEqual([...images.pixels], [...pixels]);
      }),
    );
  });

  it('are refused when a byte is missing or one too many', () => {
    fc.assert(
      fc.property(pictures, fc.boolean(), fc.nat(), ({ count, height, width, pixels }, isLonger, cut) => {
        const file = idx([count, height, width], pixels);
        const wrong = isLonger ? Buffer.concat([file, Buffer.alloc(1)]) : file.subarray(0, cut % file.length);
        assert.throws(() => readImages(wrong), malformed(/values, but \d+ follow$|fewer than the 16 of the header$/));
      }),
    );
  });

  it('are refused when they are something else, or too large to be true', () => {
    assert.throws(() => readImages(idx([2], [1, 2])), malformed(/^10 bytes are fewer/));
    assert.throws(() => readImages(idx([16], Array(16).fill(0))), malformed(/^bytes 0 to 3 are 2049, expected 2051/));
    const floats = idx([1, 1, 1], [0]);
    floats.writeUInt8(0x0d, 2);
    assert.throws(() => readImages(floats), malformed(/expected 2051/));
    const huge = idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], []);
    assert.throws(() => readImages(huge), malformed(/4294967295 × 4294967295 × 4294967295 values, more than/));
  });

  it('become float32 [N, 1, height, width] in [0, 1], whole or in part', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), (images, start, size) => {
        const { type, data, dims } = imagesTensor(images, start, start + size);
        const [from, to] = [Math.min(start, images.count), Math.min(start + size, images.count)];
        assert.equal(type, 'float32');
        assert.deepEqual(dims, [to - from, 1, images.height, images.width]);
        const area = images.height * images.width;
        const expected = Array.from(images.pixels.slice(from * area, to * area), (grey) => Math.fround(grey / 255));
        assert.deepEqual([...data], expected);
      }),
    );
    const whole = imagesTensor({ count: 2, height: 1, width: 2, pixels: Uint8Array.of(0, 255, 51, 102) });
    assert.deepEqual(whole.dims, [2, 1, 1, 2]);
    assert.deepEqual([...whole.data], [0, 1, Math.fround(0.2), Math.fround(0.4)]);
  });
});

describe('labels', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (labels) => {
        assert.deepEqual([...readLabels(idx([labels.length], labels))], [...labels]);
      }),
    );
  });

  it('are refused when they are images or cut off', () => {
    assert.throws(() => readLabels(idx([1, 1, 1], [7])), malformed(/^bytes 0 to 3 are 2051, expected 2049/));
    assert.throws(() => readLabels(idx([3], [1, 2])), malformed(/^the header says 3 values, but 2 follow$/));
    assert.throws(() => readLabels(new Uint8Array(0)), malformed(/^0 bytes are fewer than the 8 of the header$/));
  });
});

describe('a permutation', () => {
  const shuffled = fc
    .nat(40)
    .chain((size) => fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size }));

  it('is read as it was written', () => {
    fc.assert(fc.property(shuffled, (order) => assert.deepEqual(readPermutation(JSON.stringify(order)), order)));
  });

  it('moves the pixels of every image alike, and its inverse moves them back', () => {
    const pixels = Uint8Array.of(10, 11, 12, 13, 20, 21, 22, 23);
    const images = { count: 2, height: 2, width: 2, pixels };
    const moved = permutePixels(images, [3, 0, 1, 2]);
    assert.deepEqual([...moved.pixels], [13, 10, 11, 12, 23, 20, 21, 22]);
    assert.deepEqual(permutePixels(moved, [1, 2, 3, 0]), images);
    assert.throws(() => permutePixels(images, [1, 0]), /2 places for 4 pixels/);
  });

  for (const [text, detail] of [
    ['[0, 2, 1, 2]', /^item 3: 2 is there twice$/],
    ['[0, 1, 3]', /^item 2: 3 is no index below 3$/],
    ['[0, -1]', /^item 1: -1 is no index/],
    ['[0, 0.5]', /^item 1: 0.5 is no index/],
    ['[1, "0"]', /^item 1: "0" is no index/],
    ['[1, null]', /^item 1: null is no index/],
    ['{"0": 0}', /^expected a list/],
    ['[0', /./],
  ] as const) {
    it(`is refused when it is ${text}`, () => {
      assert.throws(() => readPermutation(text), malformed(detail));
    });
  }
});

describe('sentence pairs', () => {
  const sentence = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => text.trim() !== '' && !/[\t\n]/.test(text));
  const pairs = fc.array(fc.record(
      { english: sentence, french: fc.array(sentence, { minLength: 1, maxLength: 4 }) },
      { noNullPrototype: true },
    ),
  );

  it('are read as they were written, with or without a last line break', () => {
    fc.assert(
      fc.property(pairs, fc.boolean(), (written, hasBreak) => {
        const lines = written.map(({ english, french }) => `${[english, ...french].join('\t')}\n`).join('');
        assert.deepEqual(readSentencePairs(hasBreak ? lines : lines.replace(/\n$/, '')), written);
      }),
    );
  });

  for (const [text, detail] of [
    ['Go.\tVa !\nWait.', /^line 2 has no tab/],
    ['Go.\tVa !\n\nWait.\tAttends.\n', /^line 2 has no tab/],
    ['Go.\tVa !\t\n', /^line 1 has an empty sentence$/],
    ['\tVa !\n', /^line 1 has an empty sentence$/],
  ] as const) {
    it(`are refused when they are ${JSON.stringify(text)}`, () => {
      assert.throws(() => readSentencePairs(text), malformed(detail));
    });
  }
});
