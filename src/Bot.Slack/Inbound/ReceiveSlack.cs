using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bot.Slack.Inbound;

/// <summary>What Slack posts to us: commands, interactions and events alike. Nothing is parsed before its signature is found good, and nothing is read that cannot be signed.</summary>
internal sealed class ReceiveSlack(TakeSlack take, FollowUps follow, SlackOptions options, Measures measures, TimeProvider clock)
{
    private const int MostBytes = 1024 * 1024;
    private const int LongestProbe = 256;
    private readonly SlackSignature _signature = new(options.SigningSecret ?? "");

    public async Task<IResult> HandleAsync(HttpContext call)
    {
        var since = Stopwatch.GetTimestamp();
        var (timestamp, signature) = (call.Request.Headers["X-Slack-Request-Timestamp"].ToString(), call.Request.Headers["X-Slack-Signature"].ToString());
        var mayBeGood = SlackSignature.MayBeGood(timestamp, signature, clock.GetUtcNow());
        if (await ReadAsync(call.Request, mayBeGood ? MostBytes : LongestProbe, call.RequestAborted) is not { } body)
        {
            return TypedResults.StatusCode(mayBeGood ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status401Unauthorized);
        }

        // Asked anew: a body may take its time to come.
        if (!_signature.IsGood(body.Span, timestamp, signature, clock.GetUtcNow()))
        {
            return TypedResults.StatusCode(IsProbe(body.Span) ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);
        }

        var text = Encoding.UTF8.GetString(body.Span);
        if ((call.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true ? SlackJson.Parse(text) : Form(text)) is not { } payload)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (payload.Text("ssl_check") is not null)
        {
            return TypedResults.Ok();
        }

        var answer = await take.TakeAsync(payload);
        call.Response.OnCompleted(() =>
        {
            measures.Acknowledged(SlackPlatform.PlatformName, SlackDelivery.Kind(payload), since);
            if (answer.Then is { } then)
            {
                follow.Begin(then);
            }

            return Task.CompletedTask;
        });

        return !answer.IsTaken ? TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : answer.Body is { } said ? TypedResults.Text(said.ToJsonString(), "application/json", Encoding.UTF8)
            : TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    /// <summary>
    /// A probe of our certificate, which the reference implementation takes unsigned ("Implementing slash commands"). It is told from its
    /// bytes, not parsed, and nothing is done for it.
    /// </summary>
    private static bool IsProbe(ReadOnlySpan<byte> body) =>
        body.Length <= LongestProbe && (body.StartsWith("ssl_check=1"u8) || body.IndexOf("&ssl_check=1"u8) >= 0);

    /// <summary>Null, with the rest unread, for more than that.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, ct) is > 0 and var read)
        {
            if (body.Length + read > most)
            {
                return null;
            }

            body.Write(part, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>An interaction is one field with JSON; a command is its fields.</summary>
    private static JsonObject? Form(string text)
    {
        try
        {
            using var reader = new FormReader(text) { ValueCountLimit = 100 };
            var fields = reader.ReadForm();
            if (fields.TryGetValue("payload", out var payload))
            {
                return SlackJson.Parse(payload.ToString());
            }

            var command = new JsonObject();
            foreach (var (name, values) in fields)
            {
                // Only interactions and events carry a type: a command that claims one is none.
                if (name != "type")
                {
                    command[name] = values.ToString();
                }
            }

            return command;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
