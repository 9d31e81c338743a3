using Bot.Imports;
using Bot.Links;
using Bot.Loops;
using Bot.Web.Links.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Web.Links;

/// <summary>The upload: choose a file, say what its columns mean, read what came of it.</summary>
public static class ImportPages
{
    /// <summary>What a form adds to the file it carries.</summary>
    private const int FormBytes = 64 * 1024;

    public static async Task<IResult> ShowAsync(string token, DataProtectionLinks links, FollowLink follow, CancellationToken ct) =>
        links.ReadImport(token) is { } link && await follow.ToSetAsync(link, ct) is { } loop ? Page(loop, new ImportStep.Choose(null)) : Gone.Link();

    public static async Task<IResult> TakeAsync(
        string token, HttpContext call, DataProtectionLinks links, FollowLink follow, Uploads uploads, ImportAnswers import, CancellationToken ct)
    {
        if (links.ReadImport(token) is not { } link || await follow.ToSetAsync(link, ct) is not { } loop)
        {
            return Gone.Link();
        }

        var (form, refused) = await ReadAsync(call, loop, ct);
        if (form is null)
        {
            return refused!;
        }

        if (form.Files["file"] is { Length: > 0 } file)
        {
            return file.Length > AnswerFile.MaxBytes ? TooLarge(loop) : await TakeFileAsync(link, loop, file, uploads, ct);
        }

        return Guid.TryParse(form["upload"], out var id)
            ? await ImportAsync(link, loop, id, form, uploads, import, ct)
            : Choose(loop, "Choose a CSV file that is not empty.");
    }

    private static async Task<IResult> TakeFileAsync(LoopLink link, LoopInHand loop, IFormFile file, Uploads uploads, CancellationToken ct)
    {
        FilePreview preview;
        await using (var first = file.OpenReadStream())
        {
            preview = await FilePreview.ReadAsync(first, ct);
        }

        if (preview.Columns.Count < 2)
        {
            return Choose(loop, "This is not a CSV file with a date and a performance column: its first line has to name the columns.");
        }

        await using var whole = file.OpenReadStream();
        var id = await uploads.KeepAsync(link, whole, ct);
        return Page(loop, new ImportStep.Columns(id, preview, ImportColumns.Guess(preview.Columns)));
    }

    private static async Task<IResult> ImportAsync(
        LoopLink link, LoopInHand loop, Guid id, IFormCollection form, Uploads uploads, ImportAnswers import, CancellationToken ct)
    {
        await using var kept = uploads.Find(link, id);
        if (kept is null)
        {
            return Choose(loop, "The file is not kept here any more. Choose it again.");
        }

        var preview = await FilePreview.ReadAsync(kept, ct);
        var columns = new ImportColumns(form["date"].ToString(), form["performance"].ToString(), Optional(form["text"]), Optional(form["person"]));
        var faults = new[] { ("date", columns.Date, "Choose the column that holds the date."), ("performance", columns.Performance, "Choose the column that holds 1 to 5.") }
            .Where(f => f.Item2.Length == 0).ToDictionary(f => f.Item1, f => f.Item3);
        if (faults.Count > 0)
        {
            return Page(loop, new ImportStep.Columns(id, preview, columns) { Errors = faults }, StatusCodes.Status422UnprocessableEntity);
        }

        kept.Position = 0;
        var outcome = await import.RunAsync(loop.Loop, kept, columns, form["skip"] == "1", null, ct);
        if (outcome is not ImportOutcome.Imported imported)
        {
            return Page(loop, new ImportStep.Columns(id, preview, columns) { Refused = outcome }, StatusCodes.Status422UnprocessableEntity);
        }

        uploads.Drop(link, id);
        return Page(loop, new ImportStep.Done(imported));
    }

    /// <summary>The form, or the page that says why it was not taken.</summary>
    private static async Task<(IFormCollection? Form, IResult? Refused)> ReadAsync(HttpContext call, LoopInHand loop, CancellationToken ct)
    {
        if (call.Request.ContentLength > AnswerFile.MaxBytes + FormBytes)
        {
            return (null, TooLarge(loop));
        }

        if (call.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = AnswerFile.MaxBytes + FormBytes;
        }

        if (!call.Request.HasFormContentType)
        {
            return (null, Choose(loop, "Nothing came. Choose a CSV file."));
        }

        try
        {
            return (await call.Request.ReadFormAsync(ct), null);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge(loop));
        }
        catch (Exception broken) when (broken is BadHttpRequestException or InvalidDataException or IOException)
        {
            return (null, Choose(loop, "The file did not come whole. Choose it again."));
        }
    }

    private static string? Optional(string? column) => string.IsNullOrEmpty(column) ? null : column;

    private static RazorComponentResult<ImportPage> TooLarge(LoopInHand loop) => Page(
        loop, new ImportStep.Choose($"The file is larger than {AnswerFile.MaxBytes / 1024 / 1024} MB. Split it; the parts can be imported one after the other."),
        StatusCodes.Status413PayloadTooLarge);

    private static RazorComponentResult<ImportPage> Choose(LoopInHand loop, string error) => Page(loop, new ImportStep.Choose(error), StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult<ImportPage> Page(LoopInHand loop, ImportStep step, int status = StatusCodes.Status200OK) =>
        new(new { Loop = loop, Step = step }) { StatusCode = status, PreventStreamingRendering = true };
}

/// <summary>How far the upload has come. A closed set; each has its part of the page.</summary>
public abstract record ImportStep
{
    private ImportStep()
    {
    }

    public sealed record Choose(string? Error) : ImportStep;

    public sealed record Columns(Guid Upload, FilePreview Preview, ImportColumns Chosen) : ImportStep
    {
        /// <summary>By field.</summary>
        public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

        /// <summary>Why an import with these columns changed nothing.</summary>
        public ImportOutcome? Refused { get; init; }
    }

    public sealed record Done(ImportOutcome.Imported Outcome) : ImportStep;
}
