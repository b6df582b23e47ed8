import { createContext } from 'react';
import { type Theme, themes } from './themes.ts';

export type Look = { readonly theme: Theme; readonly isAscii: boolean };

export const LookContext = createContext<Look>({ theme: themes.dark, isAscii: false });
