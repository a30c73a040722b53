// One camera and microphone stream for the whole visit.

export type CameraFault = 'refused' | 'missing_camera' | 'missing_microphone' | 'missing' | 'busy' | 'insecure' | 'failed';

export class CameraError extends Error {
  constructor(readonly fault: CameraFault) {
    super(fault);
  }
}

const kVideo: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 20, max: 24 },
  facingMode: 'user',
};
const kAudio: MediaTrackConstraints = {
  channelCount: { ideal: 1 },
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

export class Camera {
  private stream_: MediaStream | undefined;

  get stream(): MediaStream | undefined {
    return this.alive ? this.stream_ : undefined;
  }

  /** Both tracks exist and run. */
  get alive(): boolean {
    const tracks = this.stream_?.getTracks() ?? [];
    return tracks.length >= 2 && tracks.every((track) => track.readyState === 'live');
  }

  async Open(video_device?: string, audio_device?: string): Promise<MediaStream> {
    if (this.alive && !video_device && !audio_device && this.stream_) return this.stream_;
    this.Close();
    if (!navigator.mediaDevices?.getUserMedia) throw new CameraError('insecure');
    try {
      this.stream_ = await navigator.mediaDevices.getUserMedia({
        video: video_device ? { ...kVideo, facingMode: undefined, deviceId: { exact: video_device } } : kVideo,
        audio: audio_device ? { ...kAudio, deviceId: { exact: audio_device } } : kAudio,
      });
      return this.stream_;
    } catch (error) {
      throw new CameraError(await FaultOf(error));
    }
  }

  Close(): void {
    for (const track of this.stream_?.getTracks() ?? []) track.stop();
    this.stream_ = undefined;
  }
}

async function FaultOf(error: unknown): Promise<CameraFault> {
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'PermissionDeniedError') return 'refused';
  if (name === 'SecurityError') return 'insecure';
  if (name === 'NotReadableError' || name === 'AbortError' || name === 'TrackStartError') return 'busy';
  if (name === 'NotFoundError' || name === 'DevicesNotFoundError' || name === 'OverconstrainedError') return MissingDevice();
  return 'failed';
}

async function MissingDevice(): Promise<CameraFault> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const camera = devices.some((device) => device.kind === 'videoinput');
    const microphone = devices.some((device) => device.kind === 'audioinput');
    if (camera && !microphone) return 'missing_microphone';
    if (!camera && microphone) return 'missing_camera';
  } catch {
    // The list is a courtesy; without it the general advice is shown.
  }
  return 'missing';
}
