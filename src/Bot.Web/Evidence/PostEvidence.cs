using System.Diagnostics;
using System.Net.Http.Headers;
using Bot.Chat;
using Bot.Evidence;
using Bot.Initiatives;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Web.Evidence;

/// <summary>A monitor sends a report. Who it is comes first; nothing of the body is read before that is known.</summary>
public static partial class PostEvidence
{
    public const int MostBytes = 1024 * 1024;
    private const string Scheme = "Bearer";

    public static async Task<IResult> HandleAsync(
        string initiative, HttpRequest request, CheckEvidenceKey check, TakeEvidence take, EvidenceLimits limits, TimeProvider clock, ILogger<EvidenceLimits> log, CancellationToken ct)
    {
        ReadBody.LiftServerLimit(request.HttpContext);
        if (await VerifyAsync(initiative, request, check, ct) is not { } key)
        {
            LogRefused(log);
            return limits.WaitAfterRefusal(request.HttpContext.Connection.RemoteIpAddress) is { } pause ? TooOften(request, pause) : Unauthorized(request);
        }

        if (limits.Wait(key.Id) is { } wait)
        {
            LogTooOften(log, key.Id);
            return TooOften(request, wait);
        }

        await check.NoteUseAsync(key, ct);
        return await TakeAsync(key, request, take, clock, ct);
    }

    private static async Task<VerifiedKey?> VerifyAsync(string initiative, HttpRequest request, CheckEvidenceKey check, CancellationToken ct) =>
        Id.Parse<InitiativeId>(initiative) is { } id
            && AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && header.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase) && header.Parameter is { Length: > 0 } secret
            ? await check.VerifyAsync(id, secret, ct)
            : null;

    private static async Task<IResult> TakeAsync(VerifiedKey key, HttpRequest request, TakeEvidence take, TimeProvider clock, CancellationToken ct)
    {
        if (!request.HasJsonContentType() || request.Headers.ContentEncoding.Count > 0)
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, "Not JSON", "Send the report as JSON, not compressed, with Content-Type: application/json.");
        }

        MemoryStream? body;
        try
        {
            body = await ReadBody.WithinAsync(request, MostBytes, ct);
        }
        catch (BadHttpRequestException)
        {
            return Problem(StatusCodes.Status400BadRequest, "Not read", "The body ended before all of it had come.");
        }

        return body is null
            ? Problem(StatusCodes.Status413PayloadTooLarge, "Too large", $"A report is at most {MostBytes / 1024} KB. Send it in parts, or without what is not about drift.")
            : ParseEvidence.From(body.GetBuffer().AsSpan(0, (int)body.Length), clock.GetUtcNow()) switch
            {
                EvidenceReading.Read read => Results.Json(await take.TakeAsync(key, read.Items, ct), statusCode: StatusCodes.Status202Accepted),
                EvidenceReading.NotJson broken => Problem(StatusCodes.Status400BadRequest, "Not JSON", broken.Why),
                EvidenceReading.Refused refused => Problem(
                    StatusCodes.Status422UnprocessableEntity, "Not understood, so nothing was stored", refused.Expected[0], refused.Expected),
                _ => throw new UnreachableException(),
            };
    }

    /// <summary>The same for a missing, wrong or revoked key, another initiative's, and an initiative that is not there.</summary>
    private static IResult Unauthorized(HttpRequest request)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = Scheme;
        return Problem(StatusCodes.Status401Unauthorized, "No key for this", "Send a key of this initiative as Authorization: Bearer KEY. Its owner makes one with /pilot evidence.");
    }

    private static IResult TooOften(HttpRequest request, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        request.HttpContext.Response.Headers.RetryAfter = $"{seconds}";
        return Problem(StatusCodes.Status429TooManyRequests, "Too often", $"Wait {seconds} seconds, then send it again. Several items fit into one report.");
    }

    private static IResult Problem(int status, string title, string detail, IReadOnlyList<string>? expected = null) => Results.Problem(
        detail, statusCode: status, title: title, type: "about:blank", extensions: expected is null ? null : new Dictionary<string, object?> { ["expected"] = expected });

    [LoggerMessage(Level = LogLevel.Information, Message = "Refused evidence without a valid key")]
    private static partial void LogRefused(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Refused evidence with key {Key}: too often")]
    private static partial void LogTooOften(ILogger log, EvidenceKeyId key);
}
