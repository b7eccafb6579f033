import assert from 'node:assert/strict';
import { filesByFamily, mainMetrics, totalBytes } from '../../../src/core/models/family';
import { findRow, parseManifest } from '../../../src/core/models/manifest';
import { dataRow, manifestOf, MODEL } from './someManifest';

const parse = (manifest: unknown) => parseManifest(JSON.stringify(manifest), 'manifest.json');
const points = dataRow('points', 'points.tsv', Uint8Array.of(1));

describe('the list of models', () => {
  it('is read as it is written, with the families in their order and fields of later versions', () => {
    const manifest = { ...manifestOf(), note: 'of a later version', models: [{ ...MODEL, seed: 3 }] };
    const read = parse(manifest);
    assert.deepEqual(read, manifest);
    assert.deepEqual(Object.keys(read.families), ['lines', 'circles']);
  });

  it('may have rows in folders, and no rows at all', () => {
    const nested = { ...MODEL, file: 'deep/line_8.v2.onnx', assets: { words: { file: 'a/b/c.json', sha256: MODEL.sha256 } } };
    assert.equal(parse(manifestOf({ models: [nested] })).models[0]?.file, nested.file);
    assert.deepEqual(parse({ version: 1, families: {}, models: [], data: [] }).models, []);
  });

  describe('is refused', () => {
    const without = (key: string): object => Object.fromEntries(Object.entries(MODEL).filter(([name]) => name !== key));
    const model = (change: object): object => manifestOf({ models: [{ ...MODEL, ...change }] });
    const outside = [
      ...['../x.onnx', 'a/../../x.onnx', '/x.onnx', '\\x.onnx', 'C:\\x.onnx', 'C:x.onnx', '..\\x.onnx', '.hidden'],
      ...['a//x', 'a/', '', 'x\n', 'file:///x', '~/x', '\\\\host\\x', 'a/..', './x', 'x\0'],
    ];
    const refused: [what: string, manifest: unknown, detail: RegExp][] = [
      ['when it is no object', [], /^it must be object$/],
      ['when it is null', null, /^it must be object$/],
      ['when it is of another version', { ...manifestOf(), version: 2 }, /^version must be equal to constant 1$/],
      ['without families', { version: 1, models: [], data: [] }, /required property 'families'/],
      ['without data', { version: 1, families: {}, models: [] }, /required property 'data'/],
      ['when models are no list', { ...manifestOf(), models: {} }, /^models must be array$/],
      ['when a model is none', { ...manifestOf(), models: [MODEL, null] }, /^models\[1\] must be object$/],
      ...Object.keys(MODEL).map((key): [string, unknown, RegExp] => [
        `when a model has no ${key}`,
        { ...manifestOf(), models: [without(key)] },
        new RegExp(`^models\\[0\\].* must have required property '${key}'$`),
      ]),
      ['when a hash is none', model({ sha256: 'abc' }), /^models\[0\] "line-8"\/sha256 must match format "SHA-256"$/],
      ['when an id is a path', model({ id: '../line' }), /\/id must match format "id"$/],
      ['when a size is negative', model({ bytes: -1 }), /\/bytes must be >= 1$/],
      ['when a size is beyond all bounds', model({ bytes: 1e12 }), /\/bytes must be <= 100000000$/],
      ['when a number of parameters is no number', model({ parameters: '2' }), /\/parameters must be integer$/],
      ['when a metric is a list', model({ metrics: { testMse: [1] } }), /\/metrics\/testMse must be number,string$/],
      ['when a setting is a text', model({ settings: { slope: 'steep' } }), /\/settings\/slope must be number$/],
      [
        'when a tensor is of a type that is not run',
        model({ inputs: [{ name: 'x', type: 'float64', dims: [1] }] }),
        /\/inputs\/0\/type must be equal to one of the allowed values \["float32","int64"\]$/,
      ],
      ...outside.map((file): [string, unknown, RegExp] => [
        `when a model is at ${JSON.stringify(file)}`,
        model({ file }),
        /^models\[0\] "line-8"\/file must match format "path inside the folder"$/,
      ]),
      ...outside.map((file): [string, unknown, RegExp] => [
        `when data are at ${JSON.stringify(file)}`,
        manifestOf({ data: [{ ...points, file }] }),
        /^data\[0\] "points"\/file must match format "path inside the folder"$/,
      ]),
      [
        'when a further file is outside',
        model({ assets: { words: { file: '../words.json', sha256: MODEL.sha256 } } }),
        /\/assets\/words\/file must match format "path inside the folder"$/,
      ],
      ['when a model is there twice', manifestOf({ models: [MODEL, MODEL] }), /^models: "line-8" is there twice$/],
      ['when data are there twice', manifestOf({ data: [points, points] }), /^data: "points" is there twice$/],
      [
        'when a family has no title',
        model({ family: 'squares' }),
        /^models: "line-8" is of the family "squares", which has no title$/,
      ],
      ['when a family is inherited', manifestOf({ data: [{ ...points, family: 'constructor' }] }), /"constructor"/],
      ['when there are too many models', manifestOf({ models: Array(1_001).fill(MODEL) }), /more than 1000 items$/],
    ];
    for (const [what, manifest, detail] of refused) {
      it(what, () => {
        assert.throws(
          () => parse(manifest),
          ({ code, data }: { code: string; data: { file: string; detail: string } }) => {
            assert.equal(code, 'model.manifest');
            assert.equal(data.file, 'manifest.json');
            assert.match(data.detail, detail);
            return true;
          },
        );
      });
    }

    it('when it is no JSON, or endless', () => {
      assert.throws(() => parseManifest('{"version": 1,', 'manifest.json'), { code: 'model.manifest' });
      assert.throws(() => parseManifest(`"${'x'.repeat(5e6)}"`, 'manifest.json'), { message: /5000002 characters/ });
    });
  });

  it('finds a row by its id, and says which there are', () => {
    assert.equal(findRow([MODEL, { ...MODEL, id: 'b' }], 'b').id, 'b');
    assert.throws(() => findRow([MODEL], 'gan'), { code: 'model.unknown', data: { model: 'gan', known: 'line-8' } });
  });
});

describe('files by family', () => {
  const circle = { ...MODEL, id: 'circle', family: 'circles' };

  it('come in the order of the families, without empty ones', () => {
    const families = { empty: 'Nothing', lines: 'Lines', circles: 'Circles' };
    assert.deepEqual(filesByFamily(families, [circle, MODEL], [points]), [
      { id: 'lines', title: 'Lines', models: [MODEL], data: [points] },
      { id: 'circles', title: 'Circles', models: [circle], data: [] },
    ]);
  });

  it('are summed up by their first numbers and their sizes', () => {
    const metrics = { signature: 'x', a: 1, b: 2, c: 3, d: 4 };
    const first = [['a', 1], ['b', 2], ['c', 3]]; // prettier-ignore
    assert.deepEqual(mainMetrics({ ...MODEL, metrics }), first);
    assert.equal(totalBytes([MODEL, circle, points]), 17);
  });
});
