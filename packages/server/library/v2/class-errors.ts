import { ACTION_ERRORS, ApiError } from '@openvod/contract/v2';
import { type ClassRefusal, ClassRefusedError, MAX_CLASSES, MAX_LEVELS } from '../classes/change.ts';

const answers: Record<ClassRefusal, [code: number, message: string]> = {
  'below default class': [
    ACTION_ERRORS.noClassBelowDefault,
    'no class can be created under the default class',
  ],
  'default class is built in': [
    ACTION_ERRORS.invalidParameter,
    'parameter classId: the default class 0 is built in and cannot be changed',
  ],
  'parent not found': [
    ACTION_ERRORS.parentClassNotFound,
    'parameter parentId: the parent class does not exist',
  ],
  'not found': [ACTION_ERRORS.classNotFound, 'parameter classId: the class does not exist'],
  'name taken': [
    ACTION_ERRORS.classNameTaken,
    'parameter className: a class beside it has that name already',
  ],
  'too deep': [
    ACTION_ERRORS.invalidParameter,
    `parameter parentId: classes have at most ${MAX_LEVELS} levels`,
  ],
  'too many': [ACTION_ERRORS.invalidParameter, `an account has at most ${MAX_CLASSES} classes`],
};

/** Runs a change of the class tree, and answers a refusal with its documented code. */
export async function changingClasses<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof ClassRefusedError)) throw error;
    const [code, message] = answers[error.refusal];
    throw new ApiError(code, message, { cause: error });
  }
}
