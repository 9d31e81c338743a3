using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bot.Slack.Inbound;

/// <summary>What Slack posts to us: commands, interactions and events alike. Nothing is parsed before its signature is found good.</summary>
internal sealed class ReceiveSlack(TakeSlack take, SlackOptions options, TimeProvider clock)
{
    private readonly SlackSignature _signature = new(options.SigningSecret ?? "");

    public async Task<IResult> HandleAsync(HttpContext call)
    {
        var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body, call.RequestAborted);
        var headers = call.Request.Headers;
        if (!_signature.IsGood(body.GetBuffer().AsSpan(0, (int)body.Length), headers["X-Slack-Request-Timestamp"].ToString(), headers["X-Slack-Signature"].ToString(), clock.GetUtcNow()))
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var text = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        if ((call.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true ? SlackJson.Parse(text) : Form(text)) is not { } payload)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        // A probe of the certificate; there is nothing to do.
        if (payload.Text("ssl_check") is not null)
        {
            return TypedResults.Ok();
        }

        var answer = await take.TakeAsync(payload, call.RequestAborted);
        if (answer.Then is { } then)
        {
            // After the last byte of the answer; a stop of the host waits for it as for the request.
            call.Response.OnCompleted(() => then(CancellationToken.None));
        }

        return !answer.IsTaken ? TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : answer.Body is { } said ? TypedResults.Text(said.ToJsonString(), "application/json", Encoding.UTF8)
            : TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    /// <summary>An interaction is one field with JSON; a command is its fields.</summary>
    private static JsonObject? Form(string text)
    {
        try
        {
            var fields = new FormReader(text) { ValueCountLimit = 100 }.ReadForm();
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
