"""A person's own data, and the organisation's."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.city import offered
from xinghai.accounts.credit_codes import BadCreditCode, clean_credit_code
from xinghai.accounts.departments import LONGEST_DEPARTMENT
from xinghai.accounts.identity import BadIdentity, IdentityKind, clean_identity, countries
from xinghai.accounts.kinds import MemberRole, OrganisationKind
from xinghai.accounts.models import Membership, Organisation, Qualification, User
from xinghai.accounts.names import clean_name
from xinghai.accounts.services import OrganisationFacts
from xinghai.accounts.usernames import BadUsername, clean_mobile

CHOOSE = [("", _("请选择"))]


class IdentityForm(forms.Form):
    """The document by which a person applies; once it is saved, pages show its ends alone."""

    id_name = forms.CharField(label=_("证件上的姓名"), max_length=60)
    id_kind = forms.ChoiceField(label=_("证件类型"), choices=IdentityKind.choices)
    id_country = forms.ChoiceField(
        label=_("签发国家或地区"), required=False, help_text=_("只有护照要选。")
    )
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "mono", "autocomplete": "off", "spellcheck": "false"},
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = countries(get_language() or "zh-hans")
        country = cast("forms.ChoiceField", self.fields["id_country"])
        country.choices = [("", _("不是护照")), *known]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if {"id_kind", "id_number"} <= facts.keys():
            try:
                facts["id_country"], facts["id_number"] = clean_identity(
                    facts["id_kind"], facts.get("id_country", ""), facts["id_number"]
                )
            except BadIdentity as bad:
                self.add_error("id_number", str(bad))
        return facts

    def facts(self) -> dict[str, str]:
        names = ("name", "kind", "country", "number")
        return {name: self.cleaned_data[f"id_{name}"] for name in names}


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("name", "job_title", "mobile", "landline", "email", "language")
        help_texts = {
            "mobile": _("11 位大陆手机号，填报时自动带入。"),
            "landline": _("区号-号码，例如 0411-00000000。"),
            "email": _("办理进展和找回密码的邮件发到这里。"),
            "language": _("消息和邮件用这种语言。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The column holds eleven digits; a person may type more marks than that.
        self.fields["mobile"] = forms.CharField(
            label=_("手机"),
            required=False,
            max_length=20,
            help_text=self.fields["mobile"].help_text,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        )

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("请填写姓名。"))
        return name

    def clean_mobile(self) -> str:
        typed = self.cleaned_data["mobile"]
        try:
            return clean_mobile(typed) if typed else ""
        except BadUsername as bad:
            raise forms.ValidationError(_("请填写 11 位大陆手机号。")) from bad

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class OrganisationForm(forms.Form):
    """What every form of the programme reuses about the unit; the code never changes later."""

    name = forms.CharField(
        label=_("单位名称"), max_length=100, help_text=_("与营业执照或法人证书一致的全称。")
    )
    uscc = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=30,
        help_text=_("18 位，可以整段粘贴，空格和小写会自动处理。"),
        widget=forms.TextInput(attrs={"class": "mono", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("单位性质"), choices=[*CHOOSE, *OrganisationKind.choices])
    district = forms.ChoiceField(
        label=_("所属区市县（先导区）"), choices=lambda: [*CHOOSE, *offered("districts")]
    )
    tags = forms.MultipleChoiceField(
        label=_("资质标签"),
        required=False,
        choices=lambda: offered("qualifications"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("现在有效的都可以选；有效期可以登记后再补。"),
    )
    address = forms.CharField(label=_("通信地址"), max_length=120, required=False)
    profile = forms.CharField(
        label=_("单位简介"),
        max_length=500,
        required=False,
        help_text=_("500 字以内，填报时自动带入。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisation is not None:
            # A title has its own dates: it is kept on the page of qualifications.
            del self.fields["tags"]
            self.fields["uscc"].disabled = True
            self.fields["uscc"].help_text = _("代码登记后不能修改；登记错的，请联系科技局。")
            self.initial = {name: getattr(organisation, name) for name in self.fields}
            self.initial["district"] = organisation.district_id

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("请填写单位名称。"))
        return name

    def clean_uscc(self) -> str:
        try:
            return clean_credit_code(self.cleaned_data["uscc"])
        except BadCreditCode as bad:
            raise forms.ValidationError(str(bad)) from bad

    def facts(self) -> OrganisationFacts:
        return OrganisationFacts(**self.cleaned_data)


class QualificationForm(forms.ModelForm):  # type: ignore[type-arg]
    kind = forms.ChoiceField(label=_("资质"), choices=lambda: [*CHOOSE, *offered("qualifications")])
    field_order = ("kind",)

    class Meta:
        model = Qualification
        fields = ("number", "from_on", "to_on", "source")
        widgets: ClassVar[dict[str, Any]] = {
            "from_on": forms.DateInput(attrs={"type": "date"}),
            "to_on": forms.DateInput(attrs={"type": "date"}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "from_on": _("不知道可以不填。"),
            "to_on": _("没有期限的不填。"),
        }


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("对方的邮箱"), help_text=_("链接 14 天内有效，只能用一次。还没有账号的人也可以用。")
    )


class MembershipForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), choices=MemberRole.choices)

    # A list of those in use stands on the page: one school, one way of writing it.
    department = forms.CharField(
        label=_("院系或部门"),
        max_length=LONGEST_DEPARTMENT,
        required=False,
        widget=forms.TextInput(attrs={"list": "departments", "autocomplete": "off"}),
    )

    def __init__(self, sent: Any, *, membership: Membership) -> None:
        stands = {"role": membership.role, "department": membership.department or ""}
        super().__init__(sent, initial=stands)
