import type { ConsentTexts, PublishConsentText } from '@bole/api';
import { Checkbox, DatePicker, Form, Input, Modal, Segmented } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { pairText } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';

interface Values {
  since?: Dayjs | null;
  inherits: boolean;
  locked: boolean;
  text_zh: string;
  text_en: string;
  purpose_zh: string;
  purpose_en: string;
  effect_zh: string;
  effect_en: string;
}

/** A new version of a consent's text for a unit and what is below it, with a look at what candidates will read. */
export function PublishText({ kind, org, onClose }: { kind: ConsentTexts; org: string; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [language, setLanguage] = useState(i18n.language);
  const values = Form.useWatch([], form) as Values | undefined;
  const own = kind.in_force.org_id === org;
  const publish = useSend(({ since, ...rest }: Values) => {
    const texts = rest.inherits ? { inherits: true, locked: false } : rest;
    return api.post('/privacy/consent-texts', { org_id: org, consent: kind.key, since: since ? since.startOf('day').toISOString() : undefined, ...texts } as PublishConsentText);
  }, { refresh: ['/privacy/consent-texts', '/privacy/consents'], done: t('privacy.text_published'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) });
  const words = (name: 'text' | 'purpose' | 'effect', rows: number, max: number) => (
    <div className="privacy-pair">
      {(['zh', 'en'] as const).map((to) => (
        <Form.Item key={to} name={`${name}_${to}`} label={t(`privacy.text_${name}_${to}`)} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
          <Input.TextArea autoSize={{ minRows: rows, maxRows: 10 }} maxLength={max} />
        </Form.Item>
      ))}
    </div>
  );
  return (
    <Modal open title={t('privacy.text_publish_of', { kind: t(`consent_kind.${kind.key}`) })} width={760} onCancel={onClose} onOk={() => form.submit()}
      confirmLoading={publish.isPending} okText={t('privacy.text_publish')}>
      <p className="quiet" style={{ marginBottom: 12 }}>{t('privacy.text_about')}</p>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(done) => publish.mutate(done)}
        initialValues={{ ...kind.in_force, since: null, inherits: false, locked: own && kind.in_force.locked }}>
        {own && <Form.Item name="inherits" valuePropName="checked"><Checkbox>{t('privacy.text_inherit')}</Checkbox></Form.Item>}
        {!values?.inherits && (
          <>
            {words('text', 3, 4000)}
            {words('purpose', 1, 500)}
            {words('effect', 2, 1000)}
            <Form.Item name="locked" valuePropName="checked"><Checkbox>{t('privacy.text_lock')}</Checkbox></Form.Item>
          </>
        )}
        <Form.Item name="since" label={t('privacy.text_since')} extra={t('privacy.text_since_hint')}>
          <DatePicker style={{ width: '100%' }} placeholder={t('privacy.text_at_once')} disabledDate={(day) => day.isBefore(dayjs().add(1, 'day'), 'day')} />
        </Form.Item>
      </Form>
      {!values?.inherits && (
        <section className="privacy-preview" aria-label={t('privacy.text_preview')}>
          <div className="card-line">
            <b>{t('privacy.text_preview')}</b>
            <Segmented size="small" value={language} onChange={setLanguage} options={[{ value: 'zh-CN', label: '中文' }, { value: 'en-US', label: 'English' }]} />
          </div>
          <p className="privacy-text">{pairText(language, values, 'text')}</p>
          <p className="quiet">{pairText(language, values, 'effect')}</p>
        </section>
      )}
    </Modal>
  );
}
