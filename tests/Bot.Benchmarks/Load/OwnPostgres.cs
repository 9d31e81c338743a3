using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Bot.Benchmarks.Load;

/// <summary>
/// A PostgreSQL cluster of its own on a free port of this machine, as durable as one comes (fsync, synchronous commit, full pages), thrown away
/// afterwards; or the server that AFTERPILOT_TEST_POSTGRES names, as it is.
/// </summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private const string ServerVariable = "AFTERPILOT_TEST_POSTGRES";
    private const string SharedBuffers = "256MB";
    private readonly string? _folder;
    private readonly string _server;
    private readonly List<string> _made = [];

    private OwnPostgres(string server, string? folder)
    {
        _server = server;
        _folder = folder;
    }

    /// <summary>The process all others of the server descend from; null for a server that is not ours.</summary>
    public int? Postmaster { get; private set; }

    /// <summary>For the report.</summary>
    public string Is { get; private set; } = "";

    public static async Task<OwnPostgres> StartAsync()
    {
        var postgres = Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } given ? new OwnPostgres(given, null) : await OwnAsync();
        await using var connection = new NpgsqlConnection(postgres.Of("postgres"));
        await connection.OpenAsync();
        var settings = new List<string>();
        foreach (var name in new[] { "fsync", "synchronous_commit", "full_page_writes", "shared_buffers" })
        {
            await using var show = new NpgsqlCommand($"SELECT current_setting('{name}')", connection);
            settings.Add($"{name}={await show.ExecuteScalarAsync()}");
        }

        postgres.Is = $"PostgreSQL {connection.PostgreSqlVersion}, {string.Join(", ", settings)}";
        return postgres;
    }

    /// <summary>A new database.</summary>
    public async Task<string> DatabaseAsync()
    {
        var name = $"afterpilot_load_{Guid.NewGuid():N}";
        await DoAsync("postgres", $"CREATE DATABASE {name} TEMPLATE template0");
        _made.Add(name);
        if (Postmaster is not null)
        {
            await DoAsync(name, "CREATE EXTENSION pg_stat_statements");
        }

        return Of(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var name in _made)
        {
            await DoAsync("postgres", $"DROP DATABASE {name} WITH (FORCE)");
        }

        if (_folder is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync(Bin("pg_ctl"), "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-s", "stop");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task<OwnPostgres> OwnAsync()
    {
        var folder = Directory.CreateTempSubdirectory("afterpilot-load-").FullName;
        if (IsRoot)
        {
            await ProcessAsync("chown", ["postgres", folder]);
        }

        var (data, port) = (Path.Combine(folder, "data"), FreePort());
        await RunAsync("sh", "-c", $"{Bin("initdb")} -D {data} -U postgres -A trust -E UTF8 --locale C.UTF-8 >/dev/null");
        await RunAsync(
            Bin("pg_ctl"), "-D", data, "-l", Path.Combine(folder, "log"), "-s", "-w", "start", "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=300 -c shared_buffers={SharedBuffers} -c shared_preload_libraries=pg_stat_statements");
        // PostgreSQL's own file of its process: https://www.postgresql.org/docs/15/storage-file-layout.html
        var pid = int.Parse((await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid")))[0]);
        return new OwnPostgres($"Host=127.0.0.1;Port={port};Username=postgres", folder) { Postmaster = pid };
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string Bin(string program) =>
        Directory.Exists("/usr/lib/postgresql")
            && Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", program)).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault() is { } found
            ? found : program;

    /// <summary>initdb and the server refuse to run as root.</summary>
    private static Task RunAsync(string program, params string[] arguments) =>
        IsRoot ? ProcessAsync("runuser", ["-u", "postgres", "--", program, .. arguments]) : ProcessAsync(program, arguments);

    private static async Task ProcessAsync(string program, string[] arguments)
    {
        // The server it starts inherits what is redirected, and would keep it open: so nothing is.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Path.GetTempPath() })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Of(string database) => new NpgsqlConnectionStringBuilder(_server) { Database = database }.ToString();

    private async Task DoAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Of(database));
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names we made.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
