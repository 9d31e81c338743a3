using System.Text.Json.Nodes;

namespace FakeTeams.Connector;

/// <summary>What the connector answers.</summary>
/// <param name="Status">0 breaks the connection without an answer.</param>
/// <param name="RetryAfter">Whole seconds.</param>
internal sealed record Answer(int Status, JsonObject? Body = null, int? RetryAfter = null)
{
    public static Answer Ok(JsonObject body, int status = 200) => new(status, body);

    public static Answer Error(int status, string code, string message = "") =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
}

/// <summary>Something that goes wrong for one request.</summary>
/// <param name="Status">0 breaks the connection.</param>
/// <param name="Done">Whether what was asked is done all the same.</param>
/// <param name="RetryAfter">Whole seconds.</param>
public sealed record Fault(int Status, string Code, bool Done = false, int? RetryAfter = null);

/// <summary>One request that reached the connector.</summary>
/// <param name="Path">Decoded, without the service's own part.</param>
public sealed record Arrival(string Method, string Path, int Status, DateTimeOffset At);
