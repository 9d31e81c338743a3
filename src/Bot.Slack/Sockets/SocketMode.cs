using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Bot.Slack.Api;
using Bot.Slack.Inbound;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Sockets;

/// <summary>Keeps the sockets to Slack open: everything arrives by them, and no public address is needed.</summary>
internal sealed partial class SocketMode(SlackApi api, TakeSlack take, SlackOptions options, TimeProvider clock, ILogger<SocketMode> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SwitchedOffPause = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => StayConnectedAsync(stoppingToken)));

    /// <summary>One socket after the other; the next is open before the last one, asked to end, is let go.</summary>
    private async Task StayConnectedAsync(CancellationToken ct)
    {
        Task last = Task.CompletedTask;
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            var socket = await OpenAsync(ct);
            if (socket is null)
            {
                failures++;
                await PauseAsync(Pause(failures), ct);
                continue;
            }

            var reading = socket.ReadAsync(ct);
            var ended = await socket.Ending;
            // What the old one had taken in is finished beside the new one.
            last = Task.WhenAll(last, FinishAsync(socket, reading));
            failures = ended == SocketEnd.Asked || socket.WasGreeted ? 0 : failures + 1;
            switch (ended)
            {
                case SocketEnd.SwitchedOff:
                    LogSwitchedOff();
                    await PauseAsync(SwitchedOffPause, ct);
                    break;
                case SocketEnd.Lost:
                    LogLost();
                    await PauseAsync(Pause(failures), ct);
                    break;
            }
        }

        await last;
    }

    private async Task<SlackSocket?> OpenAsync(CancellationToken ct)
    {
        var client = new ClientWebSocket();
        try
        {
            var opened = await api.CallAsync(SlackMethods.ConnectionsOpen, new SlackToken(options.AppToken!), "", [], ct);
            if (opened is not SlackResult.Ok { Body: var body } || !Uri.TryCreate((string?)body["url"], UriKind.Absolute, out var address) || !IsSlacks(address))
            {
                LogNotOpened(opened is SlackResult.Failed failed ? failed.Error : opened.GetType().Name);
                client.Dispose();
                return null;
            }

            client.Options.KeepAliveInterval = TimeSpan.FromSeconds(10);
            client.Options.KeepAliveTimeout = TimeSpan.FromSeconds(10);
            await client.ConnectAsync(address, ct);
            return new SlackSocket(client, take, log);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException)
        {
            client.Dispose();
            return null;
        }
    }

    private bool IsSlacks(Uri address) => options.ApiUrl.AbsoluteUri == SlackOptions.RealApi
        ? address.Scheme == "wss" && address.Host.EndsWith(".slack.com", StringComparison.OrdinalIgnoreCase)
        : address.Host == options.ApiUrl.Host;

    private static async Task FinishAsync(SlackSocket socket, Task reading)
    {
        await reading;
        await socket.DisposeAsync();
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken ct) => await Task.Delay(pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Twice as long after each failure, and a little off, so that many hosts do not come back together.</summary>
    private static TimeSpan Pause(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures, 10)) * (0.8 + (Random.Shared.NextDouble() * 0.4));
        return pause < LongestPause ? pause : LongestPause;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No socket was opened: {Why}. Slack__AppToken needs the scope connections:write, and the app has to have Socket Mode switched on")]
    private partial void LogNotOpened(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Socket Mode was switched off in the app's settings: nothing arrives. Switch it on again, or set Slack__SigningSecret, remove Slack__AppToken and enter the request addresses. Tried again in 10 minutes")]
    private partial void LogSwitchedOff();

    [LoggerMessage(Level = LogLevel.Information, Message = "A socket was lost")]
    private partial void LogLost();
}

/// <summary>Why a socket comes to its end.</summary>
internal enum SocketEnd
{
    /// <summary>Slack asks for a new one, and gives this one some seconds more.</summary>
    Asked,
    Lost,

    /// <summary>Socket Mode is off for this app.</summary>
    SwitchedOff,
}
