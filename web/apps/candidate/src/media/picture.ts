// Looks at the camera picture: brightness for the black-picture warning and small JPEGs for the check.

/** Mean luma 0..255 of RGBA pixels (BT.601 weights). */
export function MeanLuma(rgba: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < rgba.length; i += 4) sum += 0.299 * rgba[i] + 0.587 * rgba[i + 1] + 0.114 * rgba[i + 2];
  return rgba.length === 0 ? 0 : sum / (rgba.length / 4);
}

export class PictureReader {
  private readonly canvas_ = document.createElement('canvas');

  /** undefined until the video has a picture. */
  Luma(video: HTMLVideoElement): number | undefined {
    const context = this.Draw(video, 32, 24);
    return context ? MeanLuma(context.getImageData(0, 0, 32, 24).data) : undefined;
  }

  async Jpeg(video: HTMLVideoElement, width = 480): Promise<Blob | undefined> {
    const height = Math.round((width * video.videoHeight) / Math.max(1, video.videoWidth));
    if (!this.Draw(video, width, height)) return undefined;
    return new Promise((resolve) => this.canvas_.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.8));
  }

  private Draw(video: HTMLVideoElement, width: number, height: number): CanvasRenderingContext2D | undefined {
    if (video.readyState < 2 || video.videoWidth === 0) return undefined;
    this.canvas_.width = width;
    this.canvas_.height = height;
    const context = this.canvas_.getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(video, 0, 0, width, height);
    return context;
  }
}
