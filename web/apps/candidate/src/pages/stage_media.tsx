import { useEffect, useRef, useState } from 'preact/hooks';
import type { StageMedia } from '../api/types';
import type { MediaState } from '../flow/stage_gate';
import { useI18n } from '../i18n';
import { Button, Notice } from '../ui/parts';

/** The picture or video of a question. The stage owns the state, because its time waits for it. */
export function QuestionMedia({ media, state, onState, recording, hint, video, onPlay }: {
  media: StageMedia;
  state: MediaState;
  onState: (state: MediaState) => void;
  /** The microphone is on: a video stands still, and is mute when it is watched again. */
  recording: boolean;
  /** Said below a video. */
  hint: string;
  video: { current: HTMLVideoElement | null };
  onPlay: () => void;
}) {
  const { t } = useI18n();
  const [large, setLarge] = useState(false);
  const picture = media.kind === 'picture';
  useEffect(() => {
    if (!recording) return;
    setLarge(false);
    if (video.current) Rest(video.current);
  }, [recording]);

  if (state === 'failed') {
    return (
      <Notice tone="warn" live>
        {t(picture ? 'stage.picture_failed' : 'stage.video_failed')} {!recording && t('stage.media_waits')}
        <Button onClick={() => onState('loading')}>{t('common.retry')}</Button>
      </Notice>
    );
  }
  const source = { src: media.url, onError: () => onState('failed') };
  return (
    <div class="media">
      {picture && state === 'loading' && <p class="soft" role="status">{t('stage.picture_loading')}</p>}
      {picture ? (
        <button type="button" class="picture" hidden={state === 'loading'} onClick={() => setLarge(true)}>
          <img {...source} alt={t('stage.picture')} onLoad={() => onState('ready')} />
          <span class="cover">{t('stage.enlarge')}</span>
        </button>
      ) : (
        <video
          {...source}
          ref={video}
          controls
          playsInline
          preload="metadata"
          muted={recording}
          aria-label={t('stage.video')}
          onLoadedMetadata={() => onState('ready')}
          onPlay={onPlay}
          onVolumeChange={(event) => {
            if (recording && !event.currentTarget.muted) event.currentTarget.muted = true;
          }}
        />
      )}
      {!picture && hint && <p class="soft">{hint}</p>}
      {large && <Enlarged url={media.url} onClose={() => setLarge(false)} />}
    </div>
  );
}

/** Stops a video and comes back to the page from its full screen. */
function Rest(element: HTMLVideoElement) {
  element.pause();
  const phone = element as HTMLVideoElement & { webkitDisplayingFullscreen?: boolean; webkitExitFullscreen?: () => void };
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (phone.webkitDisplayingFullscreen) phone.webkitExitFullscreen?.();
}

function Enlarged({ url, onClose }: { url: string; onClose: () => void }) {
  const { t } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    // Browsers without modal dialogs show it as a layer over the page.
    if (element?.showModal) element.showModal();
    else element?.setAttribute('open', '');
    // Closing gives the focus back.
    return () => element?.close?.();
  }, []);
  return (
    <dialog ref={dialog} class="enlarged" aria-label={t('stage.picture')} onClose={onClose} onClick={onClose}>
      <img src={url} alt={t('stage.picture')} />
      <Button onClick={onClose}>{t('common.back')}</Button>
    </dialog>
  );
}
