import { useEffect, useState } from 'preact/hooks';
import { useI18n } from '../i18n';

/** Lets a person with several cameras or microphones choose; hidden when there is nothing to choose. */
export function DevicePicker({ stream, onChoose }: { stream: MediaStream; onChoose: (video?: string, audio?: string) => void }) {
  const { t } = useI18n();
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const used = (kind: 'video' | 'audio') =>
    (kind === 'video' ? stream.getVideoTracks() : stream.getAudioTracks())[0]?.getSettings().deviceId ?? '';

  useEffect(() => {
    const list = () => navigator.mediaDevices.enumerateDevices().then((found) => setDevices(found.filter((device) => device.deviceId)), () => undefined);
    void list();
    navigator.mediaDevices.addEventListener?.('devicechange', list);
    return () => navigator.mediaDevices.removeEventListener?.('devicechange', list);
  }, [stream]);

  const cameras = devices.filter((device) => device.kind === 'videoinput');
  const microphones = devices.filter((device) => device.kind === 'audioinput');
  if (cameras.length < 2 && microphones.length < 2) return null;
  const select = (label: string, list: MediaDeviceInfo[], value: string, choose: (id: string) => void) => (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {list.map((device, index) => <option key={device.deviceId} value={device.deviceId}>{device.label || `${label} ${index + 1}`}</option>)}
      </select>
    </label>
  );
  return (
    <details class="picker">
      <summary>{t('device.other_devices')}</summary>
      {cameras.length > 1 && select(t('device.camera'), cameras, used('video'), (id) => onChoose(id, used('audio')))}
      {microphones.length > 1 && select(t('device.microphone'), microphones, used('audio'), (id) => onChoose(used('video'), id))}
    </details>
  );
}
