using System.Text.Json.Nodes;
using FakeSlack.Rules;

namespace FakeSlack.Api;

/// <summary>What a Web API method answers.</summary>
internal sealed record ApiAnswer(JsonObject Body)
{
    public int Status { get; init; } = 200;

    public TimeSpan? RetryAfter { get; init; }

    public string? Error => (string?)Body["error"];

    public static ApiAnswer Ok(JsonObject? body = null)
    {
        var said = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in body ?? [])
        {
            said[name] = value?.DeepClone();
        }

        return new ApiAnswer(said);
    }

    /// <param name="why">In <c>response_metadata.messages</c>: here a fake says more than Slack would.</param>
    public static ApiAnswer Refused(string error, params string[] why)
    {
        var said = new JsonObject { ["ok"] = false, ["error"] = error };
        if (why.Length > 0)
        {
            said["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. why.Select(words => JsonValue.Create($"[ERROR] {words}"))]) };
        }

        return new ApiAnswer(said);
    }

    public static ApiAnswer MissingScope(string needed, IEnumerable<string> provided) =>
        new(new JsonObject { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = needed, ["provided"] = string.Join(',', provided) });

    /// <summary>Faulty blocks, each with where the fault is.</summary>
    public static ApiAnswer InvalidBlocks(IEnumerable<Fault> faults, string error = "invalid_blocks") => new(new JsonObject
    {
        ["ok"] = false,
        ["error"] = error,
        ["errors"] = new JsonArray([.. faults.Select(fault => JsonValue.Create(fault.ToString()))]),
        ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. faults.Select(fault => JsonValue.Create($"[ERROR] {fault}"))]) },
    });
}
