import type { InvitationPage as Invitation } from '../api/types';
import { useApp } from '../flow/app_context';
import { DateTime, useI18n } from '../i18n';
import { FindLack } from '../media/browser';
import { Actions, Button, Page } from '../ui/parts';
import { UnsupportedNotice } from './unsupported';

/** Who invites, what happens, what counts, and two equal ways on. */
export function InvitationPage({ invitation, onStart }: { invitation: Invitation; onStart: () => void }) {
  const { t, pick, locale } = useI18n();
  const { openDecline, openMyData } = useApp();
  const lack = FindLack();
  const under_way = invitation.state === 'in_progress';
  const recorded = pick(invitation.recorded_zh, invitation.recorded_en) || t('invite.recorded_default');
  const who_sees = pick(invitation.who_sees_zh, invitation.who_sees_en) || t('invite.who_sees_default');
  const why = pick(invitation.why_zh, invitation.why_en) || t('invite.why_default');
  return (
    <Page
      title={t('invite.title', { job: pick(invitation.job_name, invitation.job_name_en) || pick(invitation.plan_name_zh, invitation.plan_name_en) })}
      lead={t('invite.lead', { name: invitation.candidate_name, company: pick(invitation.company, invitation.company_en) || pick(invitation.org_name, invitation.org_name_en) })}
    >
      <dl class="facts">
        <div><dt>{t('invite.fact_stages')}</dt><dd>{t('invite.stages', { n: invitation.stages })}</dd></div>
        <div><dt>{t('invite.fact_time')}</dt><dd>{t('invite.minutes', { n: invitation.total_minutes })}</dd></div>
        <div><dt>{t('invite.fact_until')}</dt><dd>{DateTime(invitation.expires_at, locale)}</dd></div>
      </dl>

      {lack && <UnsupportedNotice lack={lack} />}

      <section>
        <h2>{t('invite.why_title')}</h2>
        <p>{why}</p>
        <p>{t('invite.ai_labelled')}</p>
      </section>

      <section>
        <h2>{t('invite.steps_title')}</h2>
        <ol class="steps">
          <li>{t('invite.step_identity')}</li>
          <li>{t('invite.step_check')}</li>
          <li>{t('invite.step_answer')}</li>
          <li>{t('invite.step_after')}</li>
        </ol>
        <p class="soft">{t('invite.network_safe')}</p>
      </section>

      <section>
        <h2>{t('invite.privacy_title')}</h2>
        <dl class="terms">
          <dt>{t('invite.recorded')}</dt><dd>{recorded}</dd>
          <dt>{t('invite.counts')}</dt><dd>{t('invite.counts_text')}</dd>
          <dt>{t('invite.counts_not')}</dt><dd>{t('invite.counts_not_text')}</dd>
          <dt>{t('invite.who_sees')}</dt><dd>{who_sees}</dd>
          <dt>{t('invite.deleted')}</dt><dd>{t('invite.deleted_text', { n: invitation.deleted_after_days })}</dd>
        </dl>
        <p><Button kind="quiet" onClick={openMyData}>{t('mydata.open')}</Button></p>
      </section>

      <section>
        <h2>{t('guide.title')}</h2>
        <ul class="guide">
          <li>{t('guide.place')}</li>
          <li>{t('guide.light')}</li>
          <li>{t('guide.camera')}</li>
          <li>{t('guide.clothes')}</li>
          <li>{t('guide.phone')}</li>
        </ul>
      </section>

      <section>
        <h2>{t('invite.help_title')}</h2>
        <p>{t('invite.help_text')} <Contact contact={invitation.contact} /></p>
      </section>

      <Actions>
        {!lack && <Button kind="primary" onClick={onStart}>{under_way ? t('invite.go_on') : t('invite.start')}</Button>}
        {!under_way && <Button kind="primary" onClick={openDecline}>{t('invite.person')}</Button>}
      </Actions>
    </Page>
  );
}

/** The contact as something to tap when it is an address or a number. */
export function Contact({ contact, subject }: { contact: string | undefined; subject?: string }) {
  if (!contact) return null;
  const address = /[^\s@]+@[^\s@]+\.[^\s@]+/.exec(contact)?.[0];
  if (address) {
    return <a href={`mailto:${encodeURIComponent(address).replace('%40', '@')}${subject ? `?subject=${encodeURIComponent(subject)}` : ''}`}>{contact}</a>;
  }
  const number = /\+?[\d][\d\s-]{5,}\d/.exec(contact)?.[0];
  if (number) return <a href={`tel:${number.replace(/[\s]/g, '')}`}>{contact}</a>;
  return <strong>{contact}</strong>;
}
