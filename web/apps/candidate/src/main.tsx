import { render } from 'preact';
import { CreateCandidateApi, CreatePersonApi } from './api/client';
import { CreateRequest } from './api/http';
import { CreatePreviewApi, PlanOf } from './api/preview';
import type { Locale } from './api/types';
import { App } from './app';
import { IsOwnData, TokenOf } from './flow/screen';
import { PersonApp } from './person_app';
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
const makePersonApi = (locale: () => Locale) => CreatePersonApi(CreateRequest({ invitation: '', locale }));
if (root) render(IsOwnData(location.pathname) ? <PersonApp makeApi={makePersonApi} /> : <App makeApi={makeApi} />, root);
