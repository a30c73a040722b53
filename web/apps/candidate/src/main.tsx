import { render } from 'preact';
import { CreateCandidateApi } from './api/client';
import { CreateRequest } from './api/http';
import { CreatePreviewApi, PlanOf } from './api/preview';
import type { Locale } from './api/types';
import { App } from './app';
import { TokenOf } from './flow/screen';
import './styles.css';

const token = TokenOf(location.pathname);
const rehearsed = PlanOf(location);
// Some browsers load their voices only after the first question for them.
window.speechSynthesis?.getVoices();

const root = document.getElementById('app');
const makeApi = (locale: () => Locale) =>
  rehearsed
    ? CreatePreviewApi(CreateRequest({ invitation: '', locale }), rehearsed.id, rehearsed.draft, locale)
    : CreateCandidateApi(CreateRequest({ invitation: token, locale }));
if (root) render(<App makeApi={makeApi} />, root);
