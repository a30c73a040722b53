import { LockOutlined } from '@ant-design/icons';
import type { PlanDocument } from '@bole/api';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from './problems';

/** What the candidate reads before the first and after the last stage. */
export function Words({ document, change, locked }: { document: PlanDocument; change: (part: Partial<PlanDocument>) => void; locked: boolean }) {
  const { t } = useTranslation();
  const area = (name: 'welcome_zh' | 'welcome_en' | 'closing_zh' | 'closing_en', lang: string) => (
    <Field at={`/${name}`} label={t(`plans.${name}`)}>
      <Input.TextArea lang={lang} {...(locked && { disabled: true })} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} value={document[name]} onChange={(event) => change({ [name]: event.target.value })} />
    </Field>
  );
  return (
    <section className="panel" aria-labelledby="words">
      <div className="panel-head"><h2 id="words">{t('plans.words')}</h2></div>
      <div className="panel-body">
        {locked && <p className="lock-note"><LockOutlined aria-hidden /> {t('plans.words_locked')}</p>}
        <div className="split-fields">
          {area('welcome_zh', 'zh-CN')}
          {area('welcome_en', 'en')}
          {area('closing_zh', 'zh-CN')}
          {area('closing_en', 'en')}
        </div>
      </div>
    </section>
  );
}
