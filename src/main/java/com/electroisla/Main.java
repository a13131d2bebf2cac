package com.electroisla;

import com.electroisla.command.Context.Terminal;
import com.electroisla.command.Manage;
import com.electroisla.command.ServingFailed;
import com.electroisla.http.server.Door;
