"""Views of the mechanisms: resumable uploads."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from xinghai.kernel import uploads
from xinghai.kernel.inspection import FileRefused, reason_for
from xinghai.kernel.models import StoredFile
from xinghai.kernel.request_data import read_json
from xinghai.kernel.views import requires


@requires("signed_in", methods=["POST"])
def open_upload(request: HttpRequest) -> HttpResponse:
    try:
        asked = read_json(request)
        name, size = str(asked["name"]), int(asked["size"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"problem": "name and size are needed"}, status=400)
    try:
        upload = uploads.start_upload(request.user, name=name, size=size)
    except FileRefused as refusal:
        return JsonResponse({"problem": refusal.reason}, status=422)
    return JsonResponse(_told(upload), status=201)


@requires("signed_in", methods=["GET", "PATCH"])
def continue_upload(request: HttpRequest, pk: str) -> HttpResponse:
    upload = get_object_or_404(StoredFile, pk=pk, owner=request.user)
    if request.method == "PATCH":
        try:
            offset = int(request.headers.get("Upload-Offset", ""))
            upload = uploads.receive(upload, offset=offset, content=request.body)
        except ValueError:
            return JsonResponse({"problem": "Upload-Offset is needed"}, status=400)
        except StoredFile.DoesNotExist as gone:
            raise Http404 from gone
        except uploads.WrongOffset as wrong:
            return JsonResponse({"offset": wrong.offset}, status=409)
        except FileRefused as refusal:
            return JsonResponse({"problem": refusal.reason}, status=422)
    if upload.refused_for:
        return JsonResponse({"problem": reason_for(upload.refused_for, upload.name)}, status=422)
    return JsonResponse(_told(upload))


def _told(upload: StoredFile) -> dict[str, object]:
    return {
        "id": str(upload.pk),
        "url": f"/my/files/{upload.pk}/",
        "name": upload.name,
        "size": upload.size,
        "offset": upload.received,
        "checking": uploads.is_being_checked(upload),
        "complete": upload.completed_at is not None,
        "piece": uploads.LARGEST_PIECE,
    }
