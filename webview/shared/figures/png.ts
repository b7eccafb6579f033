/** A canvas of a picture's size in CSS pixels, drawn at `scale` times that. */
export function scaledCanvas(
  width: number,
  height: number,
  scale: number,
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = contextOf(canvas);
  context.scale(scale, scale);
  return { canvas, context };
}

/** @throws Error when the browser refuses a context, as for a canvas that is too large. */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error(`no drawing context for a canvas of ${canvas.width} × ${canvas.height}`);
  return context;
}

/** @throws Error when the browser cannot encode the canvas. */
export async function pngBytes(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(`no PNG of a canvas of ${canvas.width} × ${canvas.height}`);
  return new Uint8Array(await blob.arrayBuffer());
}
