using System.Text.Json.Nodes;

namespace FakeSlack.Api;

/// <summary>A call of the Web API as it was made and answered.</summary>
/// <param name="Arguments">As they were sent, also those that were refused; never the token.</param>
/// <param name="Answer">Null when it got none.</param>
public sealed record Call(string Method, JsonObject Arguments, JsonObject? Answer, int Status, DateTimeOffset At)
{
    /// <summary>Null when it was done.</summary>
    public string? Error => (string?)Answer?["error"];
}
