import type { EnrolmentView, SignInView } from '@bole/api';
import { Button, Form } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { CodeField, EnrolmentPicture } from '../../components/SecondFactor';
import { ErrorState, Loading } from '../../components/States';
import { showAtFields } from '../../lib/problem';
import { isOver } from './steps';

export function EnrolStep({ onNext, onAgain }: { onNext: (view: SignInView) => void; onAgain: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ code: string }>();
  const asked = useRef(false);
  const begin = useSend(() => api.post<EnrolmentView>('/session/enrolment'), { onProblem: (problem) => { if (isOver(problem)) onAgain(); } });
  const confirm = useSend((input: { code: string }) => api.post<SignInView>('/session/enrolment/confirm', input), {
    onDone: onNext,
    onProblem: (problem) => {
      if (isOver(problem)) onAgain();
      return showAtFields(form, problem);
    },
  });
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    begin.mutate();
  }, [begin]);
  return (
    <>
      <h1>{t('sign_in.enrol_title')}</h1>
      <p className="quiet" style={{ marginBottom: 16 }}>{t('sign_in.enrol_hint')}</p>
      {begin.isError ? <ErrorState problem={begin.error} onRetry={() => begin.mutate()} /> : !begin.data ? <Loading rows={4} /> : (
        <Form<{ code: string }> form={form} layout="vertical" requiredMark={false} onFinish={(input) => confirm.mutate(input)}>
          <EnrolmentPicture enrolment={begin.data} />
          <CodeField />
          <Button type="primary" htmlType="submit" size="large" block loading={confirm.isPending}>{t('sign_in.continue')}</Button>
        </Form>
      )}
      <Button type="link" style={{ padding: 0, marginTop: 12 }} onClick={onAgain}>{t('sign_in.again')}</Button>
    </>
  );
}
