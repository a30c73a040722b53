import { useEffect, useState } from 'preact/hooks';
import type { OwnDataApi } from '../api/client';
import type { MyConsent, MyData, RightKind } from '../api/types';
import { DateTime, useI18n } from '../i18n';
import { ErrorText } from '../ui/error';
import { Actions, Button, Notice, Page } from '../ui/parts';

const kRights: RightKind[] = ['access', 'correction', 'deletion', 'restriction', 'explanation', 'objection', 'portability'];

/** What the person agreed to, what follows from withdrawing, which rights there are, and who looked at the data. */
export function PrivacyPage({ api, escalate, given, leave, onLeave }: {
  api: OwnDataApi;
  /** True: the error has a page of its own. */
  escalate: (error: unknown) => boolean;
  /** What is known already. */
  given?: MyData;
  leave: string;
  onLeave: () => void;
}) {
  const i18n = useI18n();
  const { t, pick, locale } = i18n;
  const [data, setData] = useState(given);
  const [error, setError] = useState<unknown>();
  const [asked, setAsked] = useState('');
  const [kind, setKind] = useState<RightKind>('access');
  const [content, setContent] = useState('');
  const [busy, setBusy] = useState(false);

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      if (!escalate(failure)) setError(failure);
    }
    setBusy(false);
  };
  const load = () => run(async () => setData(await api.MyData()));
  useEffect(() => {
    if (!given) void load();
  }, []);

  const withdraw = (item: MyConsent) => run(async () => {
    setData(await api.WithdrawConsent(item.key, item.interview_id));
    setAsked('');
  });
  const request = () => run(async () => {
    await api.RequestRight(kind, content.trim());
    setContent('');
    setData(await api.MyData());
  });

  const several = new Set(data?.consents.map((item) => item.interview_id)).size > 1;
  const id = (item: MyConsent) => `${item.interview_id} ${item.key}`;

  const consent = (item: MyConsent) => (
    <li key={id(item)}>
      {several && <p class="soft">{pick(item.plan_name_zh, item.plan_name_en)}</p>}
      <p>{pick(item.text_zh, item.text_en)}</p>
      {item.withdrawn_at ? <p class="soft">{t('mydata.withdrawn', { date: DateTime(item.withdrawn_at, locale) })}</p>
        : !item.granted ? <p class="soft">{t('mydata.refused')}</p>
          : asked === id(item) ? (
            <Notice tone="warn" live>
              <p>{pick(item.effect_zh, item.effect_en)}</p>
              <Button busy={busy} onClick={() => withdraw(item)}>{t('mydata.withdraw_sure')}</Button>
              <Button kind="quiet" onClick={() => setAsked('')}>{t('mydata.keep')}</Button>
            </Notice>
          ) : (
            <>
              <p class="soft">{item.given_at && t('mydata.given', { date: DateTime(item.given_at, locale) })}</p>
              <Button kind="quiet" onClick={() => setAsked(id(item))}>{t('mydata.withdraw')}</Button>
            </>
          )}
    </li>
  );

  return (
    <Page title={t('mydata.title')} lead={t('mydata.lead')}>
      {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
      {!data && error === undefined && <p class="soft" role="status">{t('common.loading')}</p>}
      {data && (
        <>
          <section>
            <h2>{t('mydata.consents')}</h2>
            {data.consents.length === 0 ? <p class="soft">{t('mydata.no_consents')}</p> : <ul class="guide">{data.consents.map(consent)}</ul>}
          </section>
          {data.exports.length > 0 && (
            <section>
              <h2>{t('mydata.copies')}</h2>
              {data.exports.map((item) => (
                <p key={item.id}><a href={api.ExportUrl(item.id)} download>{t('mydata.download', { mb: Math.max(0.1, item.size / 1_000_000).toFixed(1) })}</a> <span class="soft">{t('mydata.expires', { date: DateTime(item.expires_at, locale) })}</span></p>
              ))}
            </section>
          )}
          <section>
            <h2>{t('mydata.rights')}</h2>
            {data.requests.length > 0 && (
              <dl class="terms">
                {data.requests.map((item) => [
                  <dt key={item.id}>{t(`mydata.right_${item.kind}`)}</dt>,
                  <dd key={`${item.id}-state`}>{t(item.state === 'done' ? 'mydata.state_done' : item.state === 'refused' ? 'mydata.state_refused' : 'mydata.state_open', { date: DateTime(item.due_at, locale) })} {item.reason}
                    {item.first_due_at && <p class="soft">{t('mydata.extended', { date: DateTime(item.first_due_at, locale), reason: item.extension })}</p>}</dd>,
                ])}
              </dl>
            )}
            <label class="field">
              <span>{t('mydata.which')}</span>
              <select value={kind} onChange={(event) => setKind(event.currentTarget.value as RightKind)}>
                {kRights.map((right) => <option key={right} value={right}>{t(`mydata.right_${right}`)}</option>)}
              </select>
            </label>
            <label class="field">
              <span>{t('mydata.content')}</span>
              <textarea rows={3} maxLength={2000} value={content} onInput={(event) => setContent(event.currentTarget.value)} />
            </label>
            <Button busy={busy} onClick={request}>{t('mydata.send')}</Button>
          </section>
          <section>
            <h2>{t('mydata.access')}</h2>
            <p class="soft">{t('mydata.access_text')}</p>
            <dl class="terms">
              {data.access.map((entry, index) => [
                <dt key={index}>{pick(entry.who_zh, entry.who_en)}</dt>,
                <dd key={`${index}-what`}>{pick(entry.what_zh, entry.what_en)} · {DateTime(entry.at, locale)}</dd>,
              ])}
            </dl>
          </section>
        </>
      )}
      <Actions><Button onClick={onLeave}>{leave}</Button></Actions>
    </Page>
  );
}
