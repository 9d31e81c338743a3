using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Inbound;
using Bot.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Sockets;

/// <summary>Keeps the sockets to Slack open: everything arrives by them, and no public address is needed.</summary>
internal sealed partial class SocketMode(SlackApi api, TakeSlack take, FollowUps follow, SlackOptions options, Measures measures, TimeProvider clock, ILogger<SocketMode> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SwitchedOffPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The reference client pings every five seconds.</summary>
    private static readonly TimeSpan Pings = TimeSpan.FromSeconds(10);

    /// <summary>A connection that ends sooner was none: the next one waits longer.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => StayConnectedAsync(stoppingToken)));

    /// <summary>One socket after the other; the next is open before the last one, asked to end, is let go.</summary>
    private async Task StayConnectedAsync(CancellationToken ct)
    {
        var (old, farewells, shortLived) = ((Connection?)null, Task.CompletedTask, 0);
        while (!ct.IsCancellationRequested)
        {
            var connection = await OpenAsync(ct);
            if (old is not null)
            {
                // What the old one had taken in is finished beside the new one.
                farewells = Task.WhenAll(farewells, EndAsync(old));
                old = null;
            }

            if (connection is null)
            {
                await PauseAsync(Pause(++shortLived), ct);
                continue;
            }

            var opened = clock.GetUtcNow();
            await ((Task)connection.Socket.Ending).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            old = connection;
            if (ct.IsCancellationRequested)
            {
                break;
            }

            shortLived = clock.GetUtcNow() - opened >= Lasting ? 0 : shortLived + 1;
            switch (await connection.Socket.Ending)
            {
                case SocketEnd.SwitchedOff:
                    LogSwitchedOff();
                    await PauseAsync(SwitchedOffPause, ct);
                    break;
                case SocketEnd.Lost:
                    LogLost();
                    await PauseAsync(shortLived == 0 ? TimeSpan.Zero : Pause(shortLived), ct);
                    break;
                // The first refresh is at once; a server that asks each new one to end is not run after.
                case SocketEnd.Asked when shortLived > 1:
                    await PauseAsync(Pause(shortLived), ct);
                    break;
            }
        }

        await Task.WhenAll(farewells, old is null ? Task.CompletedTask : EndAsync(old));
    }

    /// <summary>Null where it did not come to a hello.</summary>
    private async Task<Connection?> OpenAsync(CancellationToken ct)
    {
        var client = new ClientWebSocket();
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            var opened = await api.CallAsync(SlackMethods.ConnectionsOpen, new SlackToken(options.AppToken!), "", [], patience.Token);
            if (opened is not SlackResult.Ok { Body: var body } || !Uri.TryCreate(body.Text("url"), UriKind.Absolute, out var address) || !SlackAddresses.IsSocket(address, options.ApiUrl))
            {
                LogNotOpened(opened is SlackResult.Failed failed ? failed.Error : opened.GetType().Name);
                client.Dispose();
                return null;
            }

            client.Options.KeepAliveInterval = Pings;
            client.Options.KeepAliveTimeout = Pings;
            await client.ConnectAsync(address, patience.Token);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException)
        {
            LogBroken(broken);
            client.Dispose();
            return null;
        }

        var socket = new SlackSocket(client, take, follow, measures, clock, log);
        var connection = new Connection(socket, socket.ReadAsync());
        await ((Task)Task.WhenAny(socket.Greeted, socket.Ending)).WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (socket.Greeted.IsCompleted || socket.Ending is { IsCompleted: true, Result: SocketEnd.SwitchedOff })
        {
            return connection;
        }

        LogNoHello();
        await EndAsync(connection);
        return null;
    }

    /// <summary>Says goodbye, waits for Slack's, and lets go.</summary>
    private async Task EndAsync(Connection connection)
    {
        await connection.Socket.CloseAsync();
        using var timeout = new CancellationTokenSource(Pings, clock);
        await connection.Reading.WaitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.Socket.Abort();
        await connection.Reading;
        connection.Socket.Dispose();
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken ct) => await Task.Delay(pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Twice as long after each failure, and a little off, so that many hosts do not come back together.</summary>
    private static TimeSpan Pause(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures, 10)) * (0.8 + (Random.Shared.NextDouble() * 0.4));
        return pause < LongestPause ? pause : LongestPause;
    }

    private sealed record Connection(SlackSocket Socket, Task Reading);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No socket was opened: {Why}. Slack__AppToken needs the scope connections:write, and the app has to have Socket Mode switched on")]
    private partial void LogNotOpened(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No socket was opened: the connection broke off")]
    private partial void LogBroken(Exception broken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A socket was opened and Slack said no hello")]
    private partial void LogNoHello();

    [LoggerMessage(Level = LogLevel.Error, Message = "Socket Mode was switched off in the app's settings: nothing arrives. Switch it on again, or set Slack__SigningSecret, remove Slack__AppToken and enter the request addresses. Tried again in 10 minutes")]
    private partial void LogSwitchedOff();

    [LoggerMessage(Level = LogLevel.Information, Message = "A socket was lost")]
    private partial void LogLost();
}
