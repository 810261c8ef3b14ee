"""Sessions in the database; one statement reads the session and whom it belongs to.

Every request of a signed-in person asks who it is, in which roles, to which units the person
belongs and how many messages are unread. Asked one after the other these are five statements.
"""

import json
from datetime import timedelta
from functools import lru_cache
from typing import Any, TypeVar, cast

from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import IntegrityError, connection, models, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.crypto import get_random_string

from xinghai.accounts.models import Appointment, Membership, Organisation, Session, User
from xinghai.accounts.states import CONFIRMED
from xinghai.kernel.clock import moved_by, note_moment

Row = TypeVar("Row", bound=models.Model)
KEY_LENGTH = 32
UNREAD = (
    "(SELECT count(*) FROM kernel_message unread"
    " WHERE unread.recipient_id = person.id AND unread.read_at IS NULL)"
)


class SessionStore(DatabaseStore):
    """`account` is the person the row read by this store belongs to, with units and messages."""

    account: User | None = None
    _is_new = False

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        read = _read(str(self.session_key))
        if read is None:
            self._session_key = None
            return {}
        data, self.account = read
        return self.decode(data)

    def create(self) -> None:
        """Choose a new key; the row is written once, when the answer leaves.

        The key is random enough to be new; if it is not, the insertion refuses it.
        """
        self._session_key = get_random_string(KEY_LENGTH, VALID_KEY_CHARS)
        self._is_new = self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
        is_new = must_create or self._is_new
        held = self._get_session(no_load=is_new)  # type: ignore[attr-defined] # not in the stubs
        row = self.create_model_instance(held)
        if is_new:
            self._insert(row)
        elif not self._update(row):
            raise UpdateError  # signed out meanwhile in another window
        self._is_new = False

    def _insert(self, row: Session) -> None:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as taken:
            raise CreateError from taken

    def _update(self, row: Session) -> int:
        return Session.objects.filter(pk=row.pk).update(
            session_data=row.session_data, expire_date=row.expire_date, account=row.account_id
        )

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.account_id = int(data["_auth_user_id"]) if "_auth_user_id" in data else None
        return row


def _read(key: str) -> tuple[str, User | None] | None:
    """Return what a session holds and its person; None where there is no such session."""
    statement, parameters = _statement(moved_by())
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, CONFIRMED, key, timezone.now()])
        rows = cursor.fetchall()
    if not rows:
        return None
    data, moment, unread, held, *rest = rows[0]
    note_moment(moment)
    user = _instance(User, rest)
    if user is not None:
        user.known_unread = unread
        vars(user)["appointed"] = [json.loads(one) for one in held]
        vars(user)["confirmed_memberships"] = [
            one for row in rows if (one := _membership(user, row)) is not None
        ]
    return data, user


@lru_cache(maxsize=8)
def _statement(_moved_by: timedelta) -> tuple[str, tuple[Any, ...]]:
    """Return the statement and the parameters of the appointments it reads.

    Kept, because making it costs more than asking it; another when the clock has been moved.
    """
    person = RawSQL("person.id", ())
    appointments = Appointment.objects.filter(user=person).not_over().as_facts()
    held, parameters = appointments.query.sql_with_params()
    columns = ", ".join(
        f'{name}."{field.column}"'
        for name, model in (("person", User), ("member", Membership), ("unit", Organisation))
        for field in model._meta.concrete_fields
    )
    statement = f"""
        SELECT session.session_data, clock_timestamp(), {UNREAD}, ARRAY({held}), {columns}
        FROM {Session._meta.db_table} session
        LEFT JOIN {User._meta.db_table} person ON person.id = session.account_id
        LEFT JOIN {Membership._meta.db_table} member
            ON member.user_id = person.id AND member.state = %s
        LEFT JOIN {Organisation._meta.db_table} unit ON unit.id = member.organisation_id
        WHERE session.session_key = %s AND session.expire_date > %s
        ORDER BY member.id
    """  # noqa: S608 - names of tables and columns only
    return statement, parameters


def _membership(user: User, row: tuple[Any, ...]) -> Membership | None:
    values = row[4 + len(User._meta.concrete_fields) :]
    membership = _instance(Membership, values)
    if membership is not None:
        membership.user = user
        unit = _instance(Organisation, values[len(Membership._meta.concrete_fields) :])
        membership.organisation = cast(Organisation, unit)
    return membership


def _instance(model: type[Row], values: Any) -> Row | None:
    """Build a row from its columns; None where the join found none."""
    names = [field.attname for field in model._meta.concrete_fields]
    row = model.from_db("default", names, values[: len(names)])
    return None if row.pk is None else row
