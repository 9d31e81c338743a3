using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FakeTeams.Login;
using FakeTeams.Talk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FakeTeams.Connector;

/// <summary>The Bot Connector's REST interface, as strict as its documentation.</summary>
public sealed class ConnectorEndpoint(TeamsApp app, Tenant tenant, EntraLogin login, TimeProvider clock)
{
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly ConcurrentDictionary<string, int> _editing = new();
    private readonly Limits _limits = new(clock);
    private readonly Conversing _conversing = new(app, tenant, clock);
    private TaskCompletionSource _open = Opened();
    private TaskCompletionSource _held = Opened();

    /// <summary>Everything that arrived, in the order in which it was answered.</summary>
    public IReadOnlyList<Arrival> Arrivals => [.. _arrivals];

    /// <summary>The next requests go wrong like this, one after the other.</summary>
    public void Break(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    /// <summary>What arrives from now on is not answered until <see cref="GoOn"/>; ends when the first request is there.</summary>
    public Task Hold()
    {
        _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (_held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public void GoOn() => _open.TrySetResult();

    internal async Task HandleAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var call = Call.Read(context.Request.Method, target);
        var answer = call is null ? Answer.Error(404, "NotFound", "No such address") : await AnswerAsync(context, call);
        _arrivals.Enqueue(new Arrival(context.Request.Method, call is null ? target : string.Join('/', call.Parts), answer.Status, clock.GetUtcNow()));
        if (answer.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.Headers["MS-CV"] = $"fake{_arrivals.Count}.0";
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (answer.Body is { } body)
        {
            await context.Response.WriteAsJsonAsync(body);
        }
    }

    private async Task<Answer> AnswerAsync(HttpContext context, Call call)
    {
        if (!login.Takes(context.Request.Headers.Authorization))
        {
            return Answer.Error(401, "Unauthorized", "The token is not valid");
        }

        if (!call.IsEncoded)
        {
            return Answer.Error(400, "BadSyntax", "A part of the address is not URL-encoded");
        }

        if (!_faults.TryDequeue(out var fault))
        {
            return await DoAsync(context, call);
        }

        if (fault.Done)
        {
            await DoAsync(context, call);
        }

        return Answer.Error(fault.Status, fault.Code) with { RetryAfter = fault.RetryAfter };
    }

    private async Task<Answer> DoAsync(HttpContext context, Call call)
    {
        var (body, isJson) = await BodyAsync(context);
        if (!isJson || (call.Method is "POST" or "PUT") != body is not null)
        {
            return Answer.Error(400, "BadSyntax", "The body is not a JSON object, or there is one too many");
        }

        var about = call.Parts.Count > 2 ? call.Parts[2] : About(body!);
        if (_limits.Ask(call.Operation, Root(about)) is { } seconds)
        {
            return Answer.Error(429, "Throttled", "Too Many Requests") with { RetryAfter = seconds };
        }

        // Two edits at a time in one conversation: the second one fails.
        var isEdit = call.Method == "PUT";
        if (isEdit && _editing.AddOrUpdate(Root(about), 1, (_, count) => count + 1) > 1)
        {
            _editing.AddOrUpdate(Root(about), 0, (_, count) => count - 1);
            return Answer.Error(412, "PreconditionFailed", "Try again");
        }

        try
        {
            _held.TrySetResult();
            await _open.Task.WaitAsync(context.RequestAborted);
            return Route(call, body, context.Request.Query);
        }
        finally
        {
            if (isEdit)
            {
                _editing.AddOrUpdate(Root(about), 0, (_, count) => count - 1);
            }
        }
    }

    private Answer Route(Call call, JsonObject? body, IQueryCollection query) => (call.Method, call.Parts) switch
    {
        ("POST", ["v3", "conversations"]) => _conversing.Create(body!),
        ("POST", ["v3", "conversations", var id, "activities"]) => _conversing.Send(id, body!, query["isTargetedActivity"] == "true"),
        ("POST", ["v3", "conversations", var id, "activities", _]) => _conversing.Send(id, body!, query["isTargetedActivity"] == "true"),
        ("PUT", ["v3", "conversations", var id, "activities", var activity]) => _conversing.Edit(id, activity, body!),
        ("DELETE", ["v3", "conversations", var id, "activities", var activity]) => _conversing.Delete(id, activity),
        ("GET", ["v3", "conversations", var id, "pagedmembers"]) => _conversing.Members(id, query["pageSize"], query["continuationToken"]),
        ("GET", ["v3", "conversations", var id, "members", var member]) => _conversing.Member(id, member),
        _ => Answer.Error(404, "NotFound", "No such operation"),
    };

    /// <summary>A conversation is created about its one member, a thread about its channel.</summary>
    private static string About(JsonObject body) =>
        (body["members"] as JsonArray)?.Select(m => (string?)m?["id"]).FirstOrDefault() ?? (string?)body["channelData"]?["channel"]?["id"] ?? "";

    private static string Root(string conversationId) => conversationId.Split(";messageid=")[0];

    private static async Task<(JsonObject? Body, bool IsJson)> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        if (text.Length == 0)
        {
            return (null, true);
        }

        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (null, false);
        }

        try
        {
            return (JsonNode.Parse(text) as JsonObject, true);
        }
        catch (JsonException)
        {
            return (null, false);
        }
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}

/// <summary>A request's address, read.</summary>
/// <param name="Parts">Decoded, from <c>v3</c> on.</param>
/// <param name="IsEncoded">Whether each part was encoded as it has to be.</param>
internal sealed record Call(string Method, IReadOnlyList<string> Parts, bool IsEncoded)
{
    public Operation Operation => Method == "GET" ? Operation.Read : Parts.Count == 2 ? Operation.Create : Operation.Send;

    /// <summary>Null when it is not below <c>v3</c>.</summary>
    public static Call? Read(string method, string target)
    {
        var raw = target.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var from = Array.IndexOf(raw, "v3");
        return from < 0 ? null : new Call(method, [.. raw[from..].Select(Uri.UnescapeDataString)], raw[from..].All(part => part.IndexOfAny([':', ';', '@', '=', '+', ' ']) < 0));
    }
}
