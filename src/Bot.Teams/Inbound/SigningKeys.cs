using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Bot.Teams.Inbound;

/// <summary>
/// The keys with which the Bot Connector signs, from its OpenID metadata: kept for twelve hours, asked for again at most once an hour when a
/// token names a key that is not among them. The library's own cache was refused: it fetches a new key behind the back of the first token
/// that needs it, and so refuses that one.
/// </summary>
internal sealed partial class SigningKeys(IHttpClientFactory clients, TeamsOptions options, TimeProvider clock, ILogger<SigningKeys> log) : IDisposable
{
    public const string Client = "teams-metadata";
    public const int LongestDocument = 1024 * 1024;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(12);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenFailures = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private volatile Held? _held;
    private DateTimeOffset _failedAt = DateTimeOffset.MinValue;

    /// <summary>Null where they were never read and cannot be read now. Old ones stay good while newer ones cannot be read.</summary>
    public async Task<OpenIdConnectConfiguration?> CurrentAsync(CancellationToken ct) =>
        _held is { } held && clock.GetUtcNow() - held.At < Fresh ? held.Keys : await ReadAsync(_held, ct);

    /// <summary>A token names a key that is not among <paramref name="known"/>. Null where there are no others.</summary>
    public async Task<OpenIdConnectConfiguration?> OthersAsync(OpenIdConnectConfiguration known, CancellationToken ct)
    {
        var held = _held;
        if (held is not null && held.Keys == known && clock.GetUtcNow() - held.At >= BetweenLooks)
        {
            await ReadAsync(held, ct);
        }

        return _held is { } now && now.Keys != known ? now.Keys : null;
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<OpenIdConnectConfiguration?> ReadAsync(Held? instead, CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            if (_held == instead && clock.GetUtcNow() - _failedAt >= BetweenFailures)
            {
                await FetchAsync(ct);
            }

            return _held?.Keys;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task FetchAsync(CancellationToken ct)
    {
        try
        {
            var retriever = new HttpDocumentRetriever(clients.CreateClient(Client)) { RequireHttps = !options.OpenIdMetadataUrl.IsLoopback };
            var keys = await OpenIdConnectConfigurationRetriever.GetAsync(options.OpenIdMetadataUrl.AbsoluteUri, retriever, ct);
            if (keys.SigningKeys.Count > 0)
            {
                _held = new Held(keys, clock.GetUtcNow());
                LogRead(keys.SigningKeys.Count);
                return;
            }

            LogNoKeys();
        }
        catch (Exception unread) when (unread is IOException or HttpRequestException or ArgumentException or InvalidOperationException || (unread is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogNotRead(unread);
        }

        _failedAt = clock.GetUtcNow();
    }

    private sealed record Held(OpenIdConnectConfiguration Keys, DateTimeOffset At);

    [LoggerMessage(Level = LogLevel.Information, Message = "Read {Count} signing keys of the Bot Connector")]
    private partial void LogRead(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Bot Connector's metadata named no signing key")]
    private partial void LogNoKeys();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Bot Connector's signing keys could not be read")]
    private partial void LogNotRead(Exception unread);
}
