using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FakeSlack.World;
using Microsoft.AspNetCore.Http;

namespace FakeSlack.Api;

/// <summary>The way into <c>/api/</c>: token, rate, scope and arguments in the order in which Slack looks at them.</summary>
internal sealed class ApiDoor(SlackWorld world, IEnumerable<ApiMethod> methods, Limits limits, Troubles troubles)
{
    private readonly Dictionary<string, ApiMethod> _methods = methods.ToDictionary(method => method.Name);
    private readonly List<Call> _calls = [];

    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    public async Task HandleAsync(HttpContext http, string name)
    {
        var (sent, isJson) = await Arguments.ReadAsync(http.Request);
        var trouble = troubles.Next(name, WorkspaceOf(http.Request));
        if (trouble is Trouble.Silence)
        {
            sent?.Remove("token");
            Remember(name, sent, null, 0);
            world.Pulse();
            await HangAsync(http.RequestAborted);
            return;
        }

        Installation? by = null;
        var answer = trouble switch
        {
            Trouble.Status status => ApiAnswer.Refused("") with { Status = status.Code },
            Trouble.TooMany many => ApiAnswer.Refused("ratelimited") with { Status = 429, RetryAfter = many.RetryAfter },
            Trouble.Refusal refusal => ApiAnswer.Refused(refusal.Error),
            _ => Answer(http.Request, name, sent, isJson, out by),
        };
        Remember(name, sent, answer.Body, answer.Status);
        if (answer.Error is not null)
        {
            lock (world.Gate)
            {
                world.Refusals.Add($"{name}: {answer.Body.ToJsonString()}");
            }
        }

        world.Pulse();
        if (trouble is Trouble.LostAnswer)
        {
            http.Abort();
            return;
        }

        await Task.Delay(troubles.AnswersAfter, world.Clock, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await WriteAsync(http, answer, by, name);
    }

    /// <summary>Null where no bot's token called, and for an organisation's that no workspace was granted yet.</summary>
    private string? WorkspaceOf(HttpRequest request)
    {
        var token = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given) ? given.Parameter : null;
        lock (world.Gate)
        {
            return world.Installations.Find(installation => installation.Token == token) is { Workspaces: [var first, ..] } ? first.Id : null;
        }
    }

    private ApiAnswer Answer(HttpRequest request, string name, JsonObject? sent, bool isJson, out Installation? by)
    {
        by = null;
        if (!_methods.TryGetValue(name, out var method))
        {
            return ApiAnswer.Refused("unknown_method", $"this fake does not know {name}");
        }

        if (request.Method == "GET" && !method.TakesGet)
        {
            return ApiAnswer.Refused("invalid_arguments", $"{name} is called by POST");
        }

        if (sent is null)
        {
            return ApiAnswer.Refused(isJson ? "invalid_json" : "invalid_post_type");
        }

        lock (world.Gate)
        {
            var (installation, client, refused) = WhoCalls(method, request, sent);
            by = installation;
            if ((refused ?? TooOften(method, installation, sent) ?? OutOfScope(method, installation)) is { } no)
            {
                return no;
            }

            if (isJson && !method.TakesJson)
            {
                return ApiAnswer.Refused("invalid_arguments", [$"{name} takes no JSON body: its arguments were not seen", .. new Arguments().Take(method, [], false)]);
            }

            var arguments = new Arguments();
            return arguments.Take(method, sent, isJson) is [_, ..] wrong ? ApiAnswer.Refused("invalid_arguments", [.. wrong])
                : method.Do(new ApiCall(world, arguments, installation, client));
        }
    }

    private (Installation? By, BasicCredentials? Client, ApiAnswer? Refused) WhoCalls(ApiMethod method, HttpRequest request, JsonObject sent)
    {
        var header = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given) ? given : null;
        // Slack's own client repeats it in the form; alone there, in JSON or in an address it is refused.
        if (request.Query.ContainsKey("token") || (sent["token"] is { } repeated && !(request.HasFormContentType && header?.Parameter == (string?)repeated)))
        {
            return (null, null, ApiAnswer.Refused("not_authed", "a token goes in the header Authorization"));
        }

        sent.Remove("token");
        if (method.Token == TokenKind.None)
        {
            return (null, header?.Scheme == "Basic" ? Basic(header.Parameter ?? "") : null, null);
        }

        if (header is not { Scheme: "Bearer", Parameter: { Length: > 0 } token })
        {
            return (null, null, ApiAnswer.Refused("not_authed"));
        }

        if (token == world.App.AppToken)
        {
            return (null, null, method.Token == TokenKind.App ? null : ApiAnswer.Refused("not_allowed_token_type"));
        }

        var by = world.Installations.Find(installation => installation.Token == token);
        return by is null ? (null, null, ApiAnswer.Refused("invalid_auth"))
            : method.Token == TokenKind.App ? (by, null, ApiAnswer.Refused("not_allowed_token_type"))
            : by.EndedWith is { } ended ? (by, null, ApiAnswer.Refused(ended))
            : (by, null, null);
    }

    private ApiAnswer? TooOften(ApiMethod method, Installation? by, JsonObject sent)
    {
        var workspace = by?.Organisation?.Id ?? by?.Workspaces[0].Id ?? "";
        var channel = method.Name == "chat.postMessage" ? $"{workspace}/{sent["channel"]}" : null;
        return limits.Count(workspace, method.Name, method.PerMinute, channel) is { } wait ? ApiAnswer.Refused("ratelimited") with { Status = 429, RetryAfter = wait } : null;
    }

    private ApiAnswer? OutOfScope(ApiMethod method, Installation? by)
    {
        IEnumerable<string> provided = method.Token == TokenKind.App ? world.App.AppTokenScopes : by?.Scopes ?? [];
        return method.Scope is { } needed && !provided.Contains(needed) ? ApiAnswer.MissingScope(needed, provided) : null;
    }

    private async Task WriteAsync(HttpContext http, ApiAnswer answer, Installation? by, string name)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0");
        }

        if (by is not null)
        {
            http.Response.Headers["x-oauth-scopes"] = string.Join(',', by.Scopes);
            http.Response.Headers["x-accepted-oauth-scopes"] = _methods.TryGetValue(name, out var method) ? method.Scope ?? "" : "";
        }

        if (answer.Status < 500)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.WriteAsync(answer.Body.ToJsonString());
        }
    }

    private static BasicCredentials? Basic(string parameter)
    {
        var bytes = new byte[parameter.Length];
        return Convert.TryFromBase64String(parameter, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':') is [var id, var secret]
            ? new BasicCredentials(Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
            : null;
    }

    private void Remember(string name, JsonObject? sent, JsonObject? answer, int status)
    {
        lock (_calls)
        {
            _calls.Add(new Call(name, sent?.DeepClone().AsObject() ?? [], answer, status, world.Now));
        }
    }

    private static async Task HangAsync(CancellationToken gaveUp)
    {
        var never = new TaskCompletionSource();
        await using var _ = gaveUp.Register(never.SetResult);
        await never.Task;
    }
}
