import { useEffect } from 'preact/hooks';
import { useApp } from '../flow/app_context';
import { useI18n } from '../i18n';
import { Button, Mark, Notice, Page } from '../ui/parts';
import { Contact } from './invitation';

/** After the last answer: where it is, what comes next, whom to ask. The same link always shows this page. */
export function EndPage() {
  const { t, pick } = useI18n();
  const { api, camera, session, invitation, reload, openMyData } = useApp();
  useEffect(() => camera.Close(), []);
  useEffect(() => {
    const url = api.EventsUrl();
    if (!session || !url || typeof EventSource === 'undefined') return;
    const source = new EventSource(url);
    source.addEventListener('state', reload);
    return () => source.close();
  }, []);

  const ready = (session ?? invitation)?.state === 'ready';
  const closing = pick(session?.closing_zh, session?.closing_en);
  const steps = [
    { text: t('end.received'), state: 'done' },
    { text: t('end.analysed'), state: ready ? 'done' : 'now' },
    { text: t('end.reviewed'), state: ready ? 'now' : '' },
  ];
  return (
    <Page title={t('end.title')} lead={closing || t('end.lead')}>
      <ol class="timeline">
        {steps.map(({ text, state }) => (
          <li key={text} class={state}><Mark tone={state === 'done' ? 'good' : 'wait'} /><span>{text}</span></li>
        ))}
      </ol>
      <section>
        <h2>{t('end.next_title')}</h2>
        <p>{t('end.next_text')}</p>
        <p>{t('end.same_link')}</p>
      </section>
      <section>
        <h2>{t('end.rights_title')}</h2>
        <p>{t('end.rights_text')} <Contact contact={invitation?.contact} subject={t('end.review_subject')} /></p>
        {invitation && <p class="soft">{t('invite.deleted_text', { n: invitation.deleted_after_days })}</p>}
      </section>
      <Button onClick={openMyData}>{t('mydata.open')}</Button>
      <Notice tone="good">{t('end.may_close')}</Notice>
    </Page>
  );
}
