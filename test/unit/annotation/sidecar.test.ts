import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatSidecar, parseSidecar, sidecarName } from '../../../src/core/annotation/sidecar';
import { Problem } from '../../../src/core/problem';
import { anySidecar, someNote, someReply } from './someNotes';

/** A file by hand, so that the format is held to what is written here. */
const FILE = `{
  "format": "drylab-annotations",
  "version": 1,
  "report": "report.md",
  "annotations": [
    {
      "id": "n1",
      "part": "7b",
      "kind": "note",
      "anchor": {
        "exact": "linear cost",
        "prefix": "It has ",
        "suffix": " in n.",
        "start": 7,
        "end": 18
      },
      "body": "Says who?",
      "author": "Ada",
      "created": "2026-01-01T10:00:00.000Z",
      "modified": "2026-01-01T10:00:00.000Z",
      "resolved": false,
      "replies": [
        {
          "id": "r1",
          "body": "I do.",
          "author": "Bob",
          "created": "2026-01-02T10:00:00.000Z",
          "modified": "2026-01-02T10:00:00.000Z"
        }
      ]
    }
  ]
}
`;

function damage(text: string): string {
  try {
    parseSidecar(text, 'report.md.drylab.json');
  } catch (thrown) {
    assert.ok(thrown instanceof Problem && thrown.code === 'sidecar.damaged', String(thrown));
    assert.equal(thrown.data['file'], 'report.md.drylab.json');
    return String(thrown.data['detail']);
  }
  return assert.fail('it was read');
}

describe('the file of notes', () => {
  const sidecar = { annotations: [someNote({ replies: [someReply()] })], extra: {} };

  it('stands beside the report under its whole name', () => {
    assert.equal(sidecarName('report.md'), 'report.md.drylab.json');
  });

  it('has this form', () => {
    assert.equal(formatSidecar(sidecar, 'report.md'), FILE);
    assert.deepEqual(parseSidecar(FILE, 'x'), { sidecar, problem: null });
  });

  it('is the same whatever the order of its notes, so that merges stay small', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => someNote({ id }));
    const text = formatSidecar({ annotations: [a!, b!, c!], extra: {} }, 'r');
    assert.equal(formatSidecar({ annotations: [c!, a!, b!], extra: {} }, 'r'), text);
  });

  it('keeps what it does not know, at every level', () => {
    const raw = JSON.parse(FILE);
    raw.theme = { deep: [1, null] };
    raw.annotations[0].colour = 'red';
    raw.annotations[0].anchor.page = 3;
    raw.annotations[0].replies[0].likes = 2;
    const { sidecar: read } = parseSidecar(JSON.stringify(raw), 'x');
    assert.deepEqual(JSON.parse(formatSidecar(read, 'report.md')), raw);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(anySidecar, (any) => {
        const text = formatSidecar(any, 'r');
        const read = parseSidecar(text, 'x').sidecar;
        assert.equal(formatSidecar(read, 'r'), text);
        assert.deepEqual(new Set(read.annotations.map(({ id }) => id)), new Set(any.annotations.map(({ id }) => id)));
      }),
    );
  });

  it('may begin with a byte order mark and use any line ends', () => {
    assert.deepEqual(parseSidecar(`\ufeff${FILE.replaceAll('\n', '\r\n')}`, 'x').sidecar, sidecar);
  });

  it('may hold the same note twice, as a merge of branches leaves it', () => {
    const raw = JSON.parse(FILE);
    raw.annotations.push(raw.annotations[0]);
    assert.deepEqual(parseSidecar(JSON.stringify(raw), 'x').sidecar, sidecar);
  });

  describe('is damaged', () => {
    for (const [what, text, detail] of [
      ['when it is empty', '', /^line 1: /],
      ['when a comma is missing', FILE.replace('"version": 1,', '"version": 1'), /^line 4: comma expected/],
      ['when it was cut off', FILE.slice(0, FILE.indexOf('"body"')), /^line 17: property name expected/],
      ['by a merge', FILE.replace('      "id": "n1"', '<<<<<<< HEAD\n      "id": "n1"'), /^line 7: a conflict/],
      ['when it is something else', '[]', /^line 1: an object/],
      ['without its format', FILE.replace('drylab-annotations', 'other'), /^line 2: "format"/],
      ['with a version that is none', FILE.replace('"version": 1', '"version": "one"'), /^line 3: "version"/],
      ['when the notes are no list', FILE.replace(/\[[^]*\]/, '7'), /^line 5: a list/],
      ['when an id is missing', FILE.replace('      "id": "n1",\n', ''), /^line 6: "id" must be a text/],
      ['with an offset that is none', FILE.replace('"start": 7', '"start": -7'), /^line 14: "start"/],
      ['without words', FILE.replace('"exact": "linear cost"', '"exact": " "'), /^line 11: "exact"/],
      ['with an unknown kind', FILE.replace('"kind": "note"', '"kind": "grade"'), /^line 9: "kind"/],
      ['in a reply', FILE.replace('"body": "I do."', '"body": 3'), /^line 25: "body" must be a text/],
    ] as const) {
      it(what, () => assert.match(damage(text), detail));
    }

    it('when two different notes have one id', () => {
      const raw = JSON.parse(FILE);
      raw.annotations.push({ ...raw.annotations[0], body: 'Another.' });
      assert.match(damage(JSON.stringify(raw, null, 2)), /^line 33: the id "n1" is used twice/);
    });

    it('or is read, whatever it says: nothing else is thrown', () => {
      const json = fc.oneof(
        fc.string(),
        fc.json(),
        fc.nat(FILE.length).map((at) => FILE.slice(0, at)),
      );
      fc.assert(
        fc.property(json, (text) => {
          try {
            parseSidecar(text, 'x');
          } catch (thrown) {
            assert.ok(thrown instanceof Problem && thrown.code === 'sidecar.damaged');
          }
        }),
      );
    });
  });

  it('of a newer version is shown as far as it is understood', () => {
    const raw = JSON.parse(FILE);
    raw.version = 2;
    raw.annotations.push({ id: 'n2', kind: 'drawing', strokes: [] }, 'text', null);
    assert.deepEqual(parseSidecar(JSON.stringify(raw), 'f.json'), {
      sidecar,
      problem: { code: 'sidecar.newer', data: { file: 'f.json', version: 2 } },
    });
    const other = { format: 'drylab-annotations', version: 3, notes: {} };
    assert.deepEqual(parseSidecar(JSON.stringify(other), 'f.json').sidecar.annotations, []);
  });
});
